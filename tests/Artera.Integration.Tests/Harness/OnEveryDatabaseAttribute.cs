using System.Reflection;
using Artera.Integration.Data;
using Xunit.Sdk;
using Xunit.v3;

namespace Artera.Integration.Tests.Harness;

/// <summary>
/// Runs a test on SQLite and on PostgreSQL, and on SQL Server when the environment names one. The database is the
/// first parameter, the given values are the others.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnEveryDatabaseAttribute(params object[] values) : DataAttribute
{
    public object[] Values => values;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        List<ITheoryDataRow> rows = [Row(DatabaseProvider.Sqlite), Row(DatabaseProvider.PostgreSql)];
        if (Environment.GetEnvironmentVariable(TestDatabase.SqlServerVariable) is { Length: > 0 })
            rows.Add(Row(DatabaseProvider.SqlServer));
        return new(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    private TheoryDataRow Row(DatabaseProvider on) => new([on, .. values]);
}
