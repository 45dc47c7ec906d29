using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_database_fails : IAsyncLifetime
{
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(settings: [new("Inbound:Apply", "false"), new("Inbound:CommitPatience", "00:00:01")]);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_sender_is_told_to_try_again_until_it_works()
    {
        using (var other = Open())
        {
            Execute(other, "BEGIN IMMEDIATE");
            var refused = await emr.Ask(Siu("1"));
            (Code(refused), Answers(refused)).ShouldBe(("AE", "1"));
            Code(await emr.Ask(Siu("2", accept: "AL", application: "NE"))).ShouldBe("CE");
            (await Health()).ShouldBe(HealthStatus.Unhealthy);
            Execute(other, "ROLLBACK");
        }

        Code(await emr.Ask(Siu("1"))).ShouldBe("AA");
        (await Health()).ShouldBe(HealthStatus.Healthy);
        (await server.Kept()).ShouldHaveSingleItem().Resends.ShouldBe(0);
    }

    [Fact]
    public async Task A_lost_table_is_no_reason_to_say_AA_or_to_hang_up()
    {
        using (var other = Open())
            Execute(other, """ALTER TABLE "InboxMessage" RENAME TO "Elsewhere" """);
        Code(await emr.Ask(Siu("1"))).ShouldBe("AE");
        using (var other = Open())
            Execute(other, """ALTER TABLE "Elsewhere" RENAME TO "InboxMessage" """);
        Code(await emr.Ask(Siu("1"))).ShouldBe("AA");
    }

    [Fact]
    public async Task A_sender_that_goes_meanwhile_is_known_not_to_have_heard()
    {
        using (var other = Open())
        {
            Execute(other, "BEGIN IMMEDIATE");
            await emr.Send(Siu("1"));
            emr.Reset();
            await Task.Delay(200, TestContext.Current.CancellationToken);
            Execute(other, "ROLLBACK");
        }

        await server.Until(_ => server.Kept(), rows => rows is [{ AckDelivered: false }]);
        await using var again = await MllpPeer.Connect(server.MllpPort);
        Code(await again.Ask(Siu("1"))).ShouldBe("AA");
        (await server.Kept()).ShouldHaveSingleItem().AckDelivered.ShouldBeTrue();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<HealthStatus> Health() => (await server.Services.GetRequiredService<HealthCheckService>()
        .CheckHealthAsync(check => string.Equals(check.Name, "journal", StringComparison.Ordinal))).Status;
}
