using System.Net;
using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;
using Npgsql;

namespace Artera.Integration.Tests.Operations;

public sealed class When_the_database_comes_later
{
    [Fact]
    public async Task The_server_lives_is_not_ready_and_takes_messages_once_it_is_there()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgreSqlServer.Own();
        var database = await postgres.Create();
        using var folder = new TempFolder();
        using var node = new ServerProcess(folder, database);
        using var http = new HttpClient();
        await postgres.GoAway();

        node.Launch();
        await Answers(http, new Uri(node.Http, "/health/live"), HttpStatusCode.OK);
        await Answers(http, new Uri(node.Http, "/health/ready"), HttpStatusCode.ServiceUnavailable);
        await Answers(http, new Uri(node.Http, "/"), HttpStatusCode.ServiceUnavailable);
        (await node.Listens(cancellation)).ShouldBeFalse();

        await postgres.ComeBack();
        await node.Listening();
        await using var emr = await MllpPeer.Connect(node.MllpPort);
        Samples.Code(await emr.Ask(Samples.Siu("C1"))).ShouldBe("AA");
        await Answers(http, new Uri(node.Http, "/health/ready"), HttpStatusCode.OK);
    }

    /// <summary>Wherever in the start that is: while it connects, asks for the schema, or has asked.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task One_that_goes_away_again_while_the_server_starts_is_waited_for(int question)
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.PostgreSql, folder.Path);
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var wire = new WireThatBreaksOnce(direct.Port, question);
        var broken = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = wire.Port };
        using var node = new ServerProcess(folder, new TestDatabase(DatabaseProvider.PostgreSql, broken.ConnectionString, () => Task.CompletedTask));

        await node.Start();

        wire.HasBroken.ShouldBeTrue();
        await using var emr = await MllpPeer.Connect(node.MllpPort);
        Samples.Code(await emr.Ask(Samples.Siu("C1"))).ShouldBe("AA");
    }

    [Fact]
    public async Task One_that_answers_that_there_is_no_such_database_ends_the_server()
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.PostgreSql, folder.Path);
        var elsewhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "nobody_made_this" };
        using var node = new ServerProcess(folder, new TestDatabase(DatabaseProvider.PostgreSql, elsewhere.ConnectionString, () => Task.CompletedTask));

        (await Should.ThrowAsync<InvalidOperationException>(node.Start)).Message.ShouldBe("the server ended with 1");
    }

    /// <summary>Nobody listens while the process starts, and for a moment when the waiting ends.</summary>
    private static async Task Answers(HttpClient http, Uri where, HttpStatusCode expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(where, patience.Token);
                if (answer.StatusCode == expected)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
