using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Enterprise;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Replies;

public sealed class When_the_server_runs
{
    private const string Cell = "+12125550101";
    private const string Words = "is there parking behind the house";

    [Fact]
    public async Task A_text_from_the_sandbox_phone_is_read_by_itself_and_no_log_tells_of_it()
    {
        var logs = new LogRecords();
        await using var server = await TestServer.Start(services: logs.InsteadOfLogs, settings: new KeyValuePair<string, string?>("Replies:LookEvery", "00:00:00.1"));
        var line = await ALine(server);

        await server.Send(new AnswerAsPatient(Cell, line.Number, Words));

        var channel = await server.Until(db => db.Set<PatientChannel>().FirstOrDefaultAsync(), found => found is { NeedsAction: true });
        channel!.IsOpen.ShouldBeTrue();
        (await server.Read(db => db.Set<InboundText>().SingleAsync())).Meaning.ShouldBe("plain");
        logs.ShouldNotMention(Cell, Words);
    }

    [Theory]
    [InlineData("Replies:ChoiceHoldsHours", "0")]
    [InlineData("Replies:CancelKeyword", "Perhaps")]
    [InlineData("Channels:StatusesThatReopen:0", "Perhaps")]
    public async Task It_does_not_start_on_a_setting_that_means_nothing(string key, string value)
    {
        var refused = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var server = await TestServer.Start(settings: new KeyValuePair<string, string?>(key, value));
        });
        refused.Message.ShouldContain(key.Split(':')[1]);
    }

    private static async Task<Line> ALine(TestServer server)
    {
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await server.Write(practice);
        var line = new Line { PracticeId = practice.Id, Number = "+12125550100", Name = "Front desk" };
        await server.Write(line);
        return line;
    }
}
