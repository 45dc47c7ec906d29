using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_an_application_acknowledgement_is_owed : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero));
    private AckListener listener = null!;
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public ValueTask InitializeAsync()
    {
        listener = AckListener.Start();
        return Open(AckListener.Settings(listener.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task It_comes_on_a_connection_of_its_own_and_the_commit_is_acknowledged_at_once()
    {
        Code(await emr.Ask(Siu("7", accept: "AL", application: "AL"))).ShouldBe("CA");
        var ack = (await listener.Until(1))[0];
        (Code(ack), Answers(ack)).ShouldBe(("AA", "7"));
        var header = Fields(ack, "MSH");
        header[2..6].ShouldBe(["ARTERA", "HUB", "EMR", "NORTH"]);
        (header[8], header[14], header[15]).ShouldBe(("ACK^S12^ACK", "AL", "NE"));
        var row = await Owed(row => row.State == ApplicationAckState.Taken);
        (row.ControlId, row.Code, row.Attempts).ShouldBe((header[9], AckCode.AA, 1));
    }

    [Theory]
    [InlineData("AL", "NE")]
    [InlineData("AL", "ER")]
    [InlineData("NE", "AL")]
    [InlineData("", "")]
    public async Task Nothing_more_is_owed_to_who_asked_for_nothing_more(string accept, string application)
    {
        await emr.Ask(Siu("1", accept: accept, application: application));
        await emr.Ask(Siu("2", accept: "AL", application: "SU"));
        (await listener.Until(1)).Select(Answers).ShouldBe(["2"]);
        (await server.Read(db => db.Set<ApplicationAck>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_held_message_is_accepted_too()
    {
        await emr.Ask(Siu("1", accept: "AL", application: "AL").Replace("20261102100000", "next Monday", StringComparison.Ordinal));
        Code((await listener.Until(1))[0]).ShouldBe("AA");
    }

    [Fact]
    public async Task They_go_in_the_order_of_the_messages()
    {
        for (var i = 1; i <= 120; i++)
            await emr.Ask(Siu($"M{i}", appointment: $"A{i}", accept: "AL", application: "AL"));
        await listener.Until(120);
        listener.Answered().ShouldBe(Enumerable.Range(1, 120).Select(i => $"M{i}"));
    }

    [Fact]
    public async Task A_resend_of_the_message_is_owed_nothing_twice()
    {
        await emr.Ask(Siu("1", accept: "AL", application: "AL"));
        await listener.Until(1);
        Code(await emr.Ask(Siu("1", accept: "AL", application: "AL"))).ShouldBe("CA");
        await emr.Ask(Siu("2", accept: "AL", application: "AL"));
        await listener.Until(2);
        listener.Answered().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task It_is_sent_again_as_it_was_until_the_EMR_takes_it()
    {
        listener.Script("CE", "");
        await emr.Ask(Siu("1", accept: "AL", application: "AL"));
        await emr.Ask(Siu("2", appointment: "A2", accept: "AL", application: "AL"));
        await Owed(row => row is { Attempts: 1, Cause: "CE" });
        clock.Advance(TimeSpan.FromSeconds(3));
        await Owed(row => row is { Attempts: 2, Cause: "no-answer" });
        clock.Advance(TimeSpan.FromSeconds(11));
        var all = await listener.Until(4);
        all.Select(Answers).ShouldBe(["1", "1", "1", "2"]);
        all.Take(3).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_that_the_EMR_refuses_holds_up_no_other()
    {
        listener.Script("CR");
        await emr.Ask(Siu("1", accept: "AL", application: "AL"));
        await emr.Ask(Siu("2", appointment: "A2", accept: "AL", application: "AL"));
        // The queue looks again within a second of real time.
        (await listener.Until(2)).Select(Answers).ShouldBe(["1", "2"]);
        (await Owed(row => row.State == ApplicationAckState.GivenUp)).Cause.ShouldBe("CR");
    }

    [Fact]
    public async Task It_waits_while_nobody_listens_and_the_health_says_so()
    {
        var port = listener.Port;
        await listener.DisposeAsync();
        await emr.Ask(Siu("1", accept: "AL", application: "AL"));
        await Owed(row => row is { Attempts: 0, Cause: "ConnectionRefused" });
        await Degraded();
        listener = AckListener.Start(port);
        clock.Advance(TimeSpan.FromSeconds(3));
        await listener.Until(1);
    }

    [Fact]
    public async Task Without_a_place_to_send_it_to_nothing_is_queued_and_the_health_says_so()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
        await Open();
        Code(await emr.Ask(Siu("1", accept: "AL", application: "AL"))).ShouldBe("CA");
        await Degraded();
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.State != InboxState.Received), count => count == 1);
        (await server.Read(db => db.Set<ApplicationAck>().CountAsync())).ShouldBe(0);
        using var http = new HttpClient { BaseAddress = server.Http };
        (await http.GetStringAsync(new Uri("/api/v1/feeds", UriKind.Relative))).ShouldContain("\"applicationAcks\":\"no-destination\"");
    }

    private async ValueTask Open(params KeyValuePair<string, string?>[] settings)
    {
        server = await TestServer.Start(clock, settings: settings);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    private Task<ApplicationAck> Owed(Func<ApplicationAck, bool> satisfied) => server.Until(
        async db => await db.Set<ApplicationAck>().AsNoTracking().OrderBy(row => row.Id).FirstOrDefaultAsync(),
        row => row is not null && satisfied(row))!;

    private async Task Degraded()
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!(await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), patience.Token)).Contains("\"application-acks\":\"Degraded\"", StringComparison.Ordinal))
            await Task.Delay(20, patience.Token);
    }
}
