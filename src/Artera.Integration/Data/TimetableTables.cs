using Quartz;

namespace Artera.Integration.Data;

/// <summary>The tables of the timetable that nodes share, as Quartz brings them: each statement makes only what is missing.</summary>
internal static class TimetableTables
{
    private const string Prefix = "QRTZ_";

    /// <summary>One statement after the other; none for SQLite, where one node is all there is.</summary>
    public static IReadOnlyList<string> For(IntegrationDb db)
    {
        var script = db switch
        {
            PostgreSqlDb => "postgres",
            SqlServerDb => "sqlServer",
            _ => null,
        };
        if (script is null)
            return [];

        using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream($"Quartz.Impl.AdoJobStore.Schema.create_{script}.sql")!;
        using var text = new StreamReader(stream);
        return [.. text.ReadToEnd().Split("\n--;;").Skip(1).Select(statement =>
            statement.Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", Prefix, StringComparison.Ordinal).Trim())];
    }
}
