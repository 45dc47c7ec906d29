using System.Data;
using System.Data.Common;
using Npgsql;

namespace Artera.Integration.Data;

/// <summary>For statements that a room writes itself.</summary>
internal static class InstantParameter
{
    /// <summary>PostgreSQL's driver takes DateTime2 for a time of no zone, SQL Server's takes DateTime for one of 3 ms.</summary>
    public static DbType TypeOfInstants(this DbConnection connection) => connection is NpgsqlConnection ? DbType.DateTime : DbType.DateTime2;
}
