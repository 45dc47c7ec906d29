using Npgsql;

namespace Artera.Integration.Data;

/// <summary>What every connection to PostgreSQL is like, unless the connection string says otherwise.</summary>
internal static class PostgreSqlConnections
{
    // Of the statements that a node has, those asked often fit; PostgreSQL took longer to read and plan them than to do them.
    private const int PreparedStatements = 200;

    // The server's side of our connections: seconds until it asks, between the questions, and milliseconds of patience.
    private const string Server =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 "
        + "-c idle_in_transaction_session_timeout=15000";

    public static string Of(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        NoticeSilence(connection);
        // ContainsKey says yes to every setting that there is, given or not.
        if (!connection.ShouldSerialize("Max Auto Prepare"))
            (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (PreparedStatements, 2);
        return connection.ConnectionString;
    }

    /// <summary>
    /// A process that dies closes its connections; a machine that loses its power or its network does not, and one that is
    /// frozen keeps them. PostgreSQL would wait hours for such a node, and the node for PostgreSQL, with every lock held.
    /// So both sides notice within 20 seconds.
    /// </summary>
    private static void NoticeSilence(NpgsqlConnectionStringBuilder connection)
    {
        connection.Options ??= Server;
        if (!connection.TcpKeepAlive && connection.TcpKeepAliveTime == 0)
            (connection.TcpKeepAlive, connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval) = (true, 5, 5);
    }
}
