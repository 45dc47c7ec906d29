using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_message_makes_trouble : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero));
    private readonly Poison poison = new();
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(
            clock,
            services => services.AddSingleton<IPipelineBehavior<ApplyMessage, ApplyOutcome>>(poison),
            [new("Feeds:1:Name", "adt"), new("Feeds:1:Emr", "main"), new("Feeds:1:Mllp:Port", "0"), new("Feeds:2:Name", "elsewhere"), new("Feeds:2:Mllp:Port", "0")]);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_alone_fails_and_says_no_more_than_the_kind_of_error()
    {
        poison.Ids = [2];
        await Arrive("P1", "P2", "P3");
        var rows = await server.Until(_ => server.Kept(), rows => rows.Count == 3 && rows.TrueForAll(row => row.State != InboxState.Received));
        rows.Select(row => row.State).ShouldBe([InboxState.Unmapped, InboxState.Failed, InboxState.Unmapped]);
        (rows[1].Cause, rows[1].CauseValue, rows[1].Attempts).ShouldBe(("failed", "InvalidOperationException", 1));
        rows[1].RetryAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Later_messages_of_its_patient_wait_and_nobody_else_does()
    {
        poison.Ids = [1];
        await Arrive("P1", "P1", "P2", "P1");
        var rows = await server.Until(_ => server.Kept(), rows => rows.Count == 4 && rows[2].State == InboxState.Unmapped);
        rows.Select(row => row.State).ShouldBe([InboxState.Failed, InboxState.Received, InboxState.Unmapped, InboxState.Received]);

        poison.Ids = [];
        clock.Advance(TimeSpan.FromSeconds(3));
        rows = await server.Until(_ => server.Kept(), rows => rows.TrueForAll(row => row.State == InboxState.Unmapped));
        poison.Applied.ShouldBe([3L, 1, 2, 4]);
        rows[0].RetryAt.ShouldBeNull();
    }

    [Fact]
    public async Task Its_patient_waits_on_every_feed_of_the_EMR_and_not_at_another_EMR()
    {
        poison.Ids = [1];
        await Arrive("P1");
        await server.Until(_ => server.Kept(), rows => rows[0].State == InboxState.Failed);
        foreach (var feed in new[] { "adt", "elsewhere" })
        {
            await using var other = await MllpPeer.Connect(server.Port(feed));
            Code(await other.Ask(Siu("9"))).ShouldBe("AA");
        }

        var rows = await server.Until(_ => server.Kept(), rows => rows is [_, _, { State: InboxState.Unmapped }]);
        (rows[1].Feed, rows[1].State).ShouldBe(("adt", InboxState.Received));
    }

    [Fact]
    public async Task It_is_tried_again_with_growing_pauses()
    {
        poison.Ids = [1];
        await Arrive("P1");
        await server.Until(_ => server.Kept(), rows => rows[0].Attempts == 1);
        clock.Advance(TimeSpan.FromSeconds(3));
        await server.Until(_ => server.Kept(), rows => rows[0].Attempts == 2);
        clock.Advance(TimeSpan.FromSeconds(11));
        var rows = await server.Until(_ => server.Kept(), rows => rows[0].Attempts == 3);
        rows[0].RetryAt!.Value.ToDateTimeOffset().ShouldBeGreaterThan(clock.GetUtcNow().AddSeconds(20));
    }

    // One packet, one commit: the worker finds them together.
    private async Task Arrive(params string[] patients)
    {
        await emr.Write([.. patients.SelectMany((patient, i) => MllpPeer.Frame(Siu($"{i}", appointment: $"A{i}", patient: patient)))]);
        foreach (var _ in patients)
            Code((await emr.Read())!).ShouldBe("AA");
    }

    private sealed class Poison : IPipelineBehavior<ApplyMessage, ApplyOutcome>
    {
        private readonly List<long> applied = [];

        public long[] Ids { get; set; } = [];

        /// <summary>Each message's last application, in order.</summary>
        public IEnumerable<long> Applied => applied.AsEnumerable().Reverse().Distinct().Reverse();

        public async ValueTask<ApplyOutcome> Handle(
            ApplyMessage message, MessageHandlerDelegate<ApplyMessage, ApplyOutcome> next, CancellationToken cancellationToken)
        {
            if (Ids.Contains(message.InboxMessageId))
                throw new InvalidOperationException("of the patient ZTest");
            var outcome = await next(message, cancellationToken);
            applied.Add(message.InboxMessageId);
            return outcome;
        }
    }
}
