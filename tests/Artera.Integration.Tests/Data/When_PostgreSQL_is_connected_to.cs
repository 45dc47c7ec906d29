using Artera.Integration.Data;
using Npgsql;

namespace Artera.Integration.Tests.Data;

public sealed class When_PostgreSQL_is_connected_to
{
    [Theory]
    [InlineData("Host=db", 200)]
    [InlineData("Host=db;Max Auto Prepare=0", 0)]
    [InlineData("Host=db;MaxAutoPrepare=50", 50)]
    public void Statements_asked_often_are_read_once_unless_somebody_says_otherwise(string given, int prepared) =>
        new NpgsqlConnectionStringBuilder(PostgreSqlConnections.Of(given)).MaxAutoPrepare.ShouldBe(prepared);

    [Fact]
    public void A_node_that_has_gone_silent_is_noticed_by_both_sides()
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgreSqlConnections.Of("Host=db"));

        connection.TcpKeepAlive.ShouldBeTrue();
        connection.Options.ShouldNotBeNull().ShouldContain("tcp_keepalives_idle");
        connection.Options.ShouldContain("idle_in_transaction_session_timeout");
    }
}
