using Npgsql;

namespace Artera.Integration.Data;

/// <summary>
/// A process that dies closes its connections; a machine that loses its power or its network does not, and one that is
/// frozen keeps them. PostgreSQL would wait hours for such a node, and the node for PostgreSQL, with every lock held.
/// </summary>
internal static class SilentPeers
{
    // The server's side of our connections: seconds until it asks, between the questions, and milliseconds of patience.
    private const string Server =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 "
        + "-c idle_in_transaction_session_timeout=15000";

    /// <summary>Both sides notice within 20 seconds. What the connection string says of it itself stays.</summary>
    public static string AreNoticed(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.Options ??= Server;
        if (!connection.TcpKeepAlive && connection.TcpKeepAliveTime == 0)
            (connection.TcpKeepAlive, connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval) = (true, 5, 5);
        return connection.ConnectionString;
    }
}
