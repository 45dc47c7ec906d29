using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public abstract class When_a_message_is_sent_again(DatabaseProvider on) : IAsyncLifetime
{
    public sealed class On_SQLite() : When_a_message_is_sent_again(DatabaseProvider.Sqlite);

    public sealed class On_PostgreSQL() : When_a_message_is_sent_again(DatabaseProvider.PostgreSql);

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero));
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartOn(on, clock, settings: [new("Inbound:Apply", "false")]);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_sender_gets_the_very_same_answer_and_nothing_else_happens()
    {
        var first = await emr.Ask(Siu("1"));
        clock.Advance(TimeSpan.FromHours(3));
        await using var again = await MllpPeer.Connect(server.MllpPort);
        (await again.Ask(Siu("1", time: "20261026120000"))).ShouldBe(first);
        (await server.Kept()).ShouldHaveSingleItem().Resends.ShouldBe(1);
    }

    [Fact]
    public async Task Both_may_come_in_one_packet()
    {
        await emr.Write([.. MllpPeer.Frame(Siu("1")), .. MllpPeer.Frame(Siu("1"))]);
        var first = await emr.Read();
        (await emr.Read()).ShouldBe(first);
        (await server.Kept()).ShouldHaveSingleItem().Resends.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_control_id_with_another_body_is_a_new_message()
    {
        await using var applying = await TestServer.StartOn(on, clock);
        await using var sender = await MllpPeer.Connect(applying.MllpPort);
        var first = await sender.Ask(Siu("1"));
        var second = await sender.Ask(Siu("1", appointment: "A2"));
        second.ShouldNotBe(first);
        var rows = await applying.Until(_ => applying.Kept(), rows => rows.TrueForAll(row => row.State != InboxState.Received));
        rows.Select(row => (row.Note, row.Resends)).ShouldBe([(null, 0), ("control-id-reused", 0)]);
    }

    [Fact]
    public async Task Without_a_control_id_an_equal_message_is_a_resend_only_for_a_while()
    {
        var first = await emr.Ask(Siu(""));
        clock.Advance(TimeSpan.FromMinutes(4));
        (await emr.Ask(Siu(""))).ShouldBe(first);
        clock.Advance(TimeSpan.FromMinutes(4));
        (await emr.Ask(Siu(""))).ShouldNotBe(first);
        (await server.Kept()).Select(row => row.Resends).ShouldBe([1, 0]);
    }

    [Fact]
    public async Task The_same_control_id_on_another_feed_is_another_message()
    {
        await using var two = await TestServer.StartOn(on, settings: [new("Feeds:1:Name", "other"), new("Feeds:1:Mllp:Port", "0")]);
        await using var one = await MllpPeer.Connect(two.MllpPort);
        await using var other = await MllpPeer.Connect(two.Port("other"));
        await one.Ask(Siu("1"));
        await other.Ask(Siu("1"));
        var rows = await two.Until(_ => two.Kept(), rows => rows.TrueForAll(row => row.State != InboxState.Received));
        rows.Select(row => (row.Feed, row.Note)).ShouldBe([("main", null), ("other", null)]);
    }
}
