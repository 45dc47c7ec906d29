using System.Globalization;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Artera.Integration.Tests.Data.SqlServer;

/// <summary>
/// What SQL Server would say, as far as Microsoft's parser and compiler of database projects know it: no server runs
/// on the machines that test this. Tables come from our migrations; statements are bound to them as stored procedures.
/// </summary>
internal sealed class SqlServerModel : IDisposable
{
    private readonly TSqlModel model = new(SqlServerVersion.Sql160, new TSqlModelOptions { Collation = "Latin1_General_100_CI_AS" });
    private int statements;

    /// <summary>The database without a server.</summary>
    public static SqlServerDb Offline() => ((IDesignTimeDbContextFactory<SqlServerDb>)new DesignTimeDb()).CreateDbContext([]);

    public static IReadOnlyList<string> Parse(string sql, out TSqlFragment script)
    {
        script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        return [.. errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"{error.Line}:{error.Column} {error.Message}"))];
    }

    /// <summary>Takes in what makes tables and indexes, wherever in the script it stands.</summary>
    public void Define(string sql)
    {
        Parse(sql, out var script).ShouldBeEmpty();
        var definitions = new Definitions();
        script.Accept(definitions);
        foreach (var definition in definitions.Found)
            model.AddObjects(sql.Substring(definition.StartOffset, definition.FragmentLength));
    }

    /// <summary>Takes in a statement with parameters as the driver sends it.</summary>
    public void Bind(string statement, string parameters = "")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Statement{++statements}");
        var declared = parameters.Length == 0 ? "" : $" {parameters}";
        var procedure = $"CREATE PROCEDURE [{name}]{declared} AS\n{statement}";
        Parse(procedure, out _).ShouldBeEmpty();
        model.AddObjects(procedure);
    }

    /// <summary>Errors, and names that mean nothing in this database.</summary>
    public IReadOnlyList<string> Problems() => [.. model.Validate()
        .Where(message => message.MessageType == DacMessageType.Error || message.Message.Contains("unresolved", StringComparison.OrdinalIgnoreCase))
        .Select(message => message.ToString())];

    public IEnumerable<string> Tables => model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass).Select(table => table.Name.Parts[^1]);

    public void Dispose() => model.Dispose();

    private sealed class Definitions : TSqlFragmentVisitor
    {
        public List<TSqlFragment> Found { get; } = [];

        public override void Visit(CreateTableStatement node) => Found.Add(node);

        public override void Visit(CreateIndexStatement node) => Found.Add(node);

        public override void Visit(AlterTableStatement node) => Found.Add(node);
    }
}
