namespace Artera.Integration.Data;

/// <summary>The section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Which database: <c>Sqlite</c> (default), <c>SqlServer</c> or <c>PostgreSql</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>An ADO.NET connection string. For SQLite the default is <c>Data Source=data/artera.db</c>.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/artera.db";
}

/// <summary>The databases that one model serves.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded, one node.</summary>
    Sqlite,

    /// <summary>Several nodes.</summary>
    SqlServer,

    /// <summary>Several nodes.</summary>
    PostgreSql,
}
