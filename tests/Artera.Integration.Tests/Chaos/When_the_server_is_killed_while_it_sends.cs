using Artera.Integration.Data;
using Artera.Integration.Delivery;

namespace Artera.Integration.Tests.Chaos;

/// <summary>
/// The server process is killed (SIGKILL) at each step of a send and started again: Twilio has been given the text once,
/// never twice and never not at all. Where the process is, is known from outside: by what is committed, and by what Twilio sees.
/// </summary>
public sealed class When_the_server_is_killed_while_it_sends : IAsyncDisposable
{
    private const string Patient = "2125550101";
    private DyingServer server = null!;

    public ValueTask DisposeAsync() => server is null ? ValueTask.CompletedTask : server.DisposeAsync();

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Before_the_text_is_queued(DatabaseProvider on) =>
        await KilledInside(on, "INSERT", "true", messages => messages.Count == 0);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Before_the_claim_is_committed(DatabaseProvider on) => await KilledInside(
        on,
        "UPDATE",
        "OLD.\"Claim\" IS NULL AND NEW.\"Claim\" IS NOT NULL AND OLD.\"State\" = 'Queued'",
        messages => messages is [{ Claim: null, State: OutboundState.Queued }]);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Claimed_and_before_it_is_recorded_that_it_leaves(DatabaseProvider on) => await KilledInside(
        on,
        "UPDATE",
        "OLD.\"State\" = 'Queued' AND NEW.\"State\" = 'Sending'",
        messages => messages is [{ Claim: not null, State: OutboundState.Queued }]);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Recorded_and_before_Twilio_hears_of_it(DatabaseProvider on)
    {
        server = await DyingServer.Start(on);
        server.Wire.LosesQuestions = true;
        await server.Book(Patient);
        await DyingServer.Until(() => Task.FromResult(server.Wire.HasLost), "it is on its way");
        (await server.Messages()).ShouldHaveSingleItem().State.ShouldBe(OutboundState.Sending);

        await server.Kill();

        server.Twilio.Texts.ShouldBeEmpty();
        server.Wire.LosesQuestions = false;
        await GoesOn(attempts: 2);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task While_Twilio_hears_it_and_has_not_taken_it(DatabaseProvider on)
    {
        server = await DyingServer.Start(on);
        var heard = new TaskCompletionSource();
        server.Twilio.Mood = () =>
        {
            heard.TrySetResult();
            return TwilioStandIn.Fate.Deaf;
        };
        await server.Book(Patient);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(150), TestContext.Current.CancellationToken);

        await server.Kill();

        server.Twilio.Texts.ShouldBeEmpty();
        server.Twilio.Mood = () => TwilioStandIn.Fate.Fine;
        await GoesOn(attempts: 2);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task When_Twilio_has_taken_it_and_not_said_so(DatabaseProvider on)
    {
        server = await DyingServer.Start(on);
        server.Twilio.Mood = () => TwilioStandIn.Fate.TakenAndMute;
        await server.Book(Patient);
        await DyingServer.Until(() => Task.FromResult(server.Twilio.Texts.Count == 1), "Twilio has taken it");
        (await server.Messages()).ShouldHaveSingleItem().State.ShouldBe(OutboundState.Sending);

        await server.Kill();

        server.Twilio.Mood = () => TwilioStandIn.Fate.Fine;
        await GoesOn(attempts: 1);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task When_Twilio_has_said_so_and_before_that_is_committed(DatabaseProvider on) => await KilledInside(
        on,
        "UPDATE",
        "OLD.\"State\" = 'Sending' AND NEW.\"State\" = 'Sent'",
        messages => messages is [{ State: OutboundState.Sending }] && server.Twilio.Texts.Count == 1);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task When_all_is_committed(DatabaseProvider on)
    {
        server = await DyingServer.Start(on);
        await server.Book(Patient);
        await DyingServer.Until(async () => (await server.Messages()).Exists(row => row.State == OutboundState.Sent), "it was sent");

        await server.Kill();

        await GoesOn(attempts: 1);
    }

    private async Task KilledInside(DatabaseProvider on, string does, string when, Func<List<OutboundMessage>, bool> stands)
    {
        server = await DyingServer.Start(on);
        await server.HoldUp(does, when);
        await server.Book(Patient);
        await server.IsHeldUp(stands);

        await server.Kill();

        await server.LetGo();
        await GoesOn(attempts: 1);
    }

    /// <summary>Another text goes out after it, so that whatever could still have been sent would have been.</summary>
    private async Task GoesOn(int attempts)
    {
        await server.StartAgain();
        await DyingServer.Until(async () => (await server.Messages()).Exists(row => row.State == OutboundState.Sent), "it is settled");
        await server.Book("2125550102");
        await DyingServer.Until(async () => (await server.Messages()).Count(row => row.State == OutboundState.Sent) == 2, "the next one is settled");

        server.Twilio.Texts.Select(text => text.To).ShouldBe(["+12125550101", "+12125550102"]);
        (await server.Messages()).Select(row => row.ProviderId).ShouldBe(server.Twilio.Texts.Select(text => text.Sid));
        (await server.Attempts()).ShouldAllBe(attempt => attempt.SettledAt != null);
        // On a slow machine one more may have ended before Twilio heard of it.
        (await server.Attempts()).Count.ShouldBeGreaterThanOrEqualTo(attempts + 1);
    }
}
