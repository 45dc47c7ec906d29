using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Delivery;

/// <summary>A sender that was slow or frozen comes back after others have gone on with its message.</summary>
public sealed class When_an_answer_comes_late : IAsyncLifetime
{
    private static readonly Guid Claim = Guid.NewGuid();
    private Rooms rooms = null!;
    private OutboundMessage message = null!;

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.Open();
        var now = rooms.Clock.Now();
        message = new OutboundMessage
        {
            Medium = Medium.Sms,
            LineId = 1,
            From = MediumWorld.LineNumber,
            To = MediumWorld.Patient,
            Body = "See you on Tuesday.",
            Priority = Priority.Reminder,
            CreatedAt = now,
            DueAt = now,
            Claim = Claim,
            ClaimedUntil = now + Duration.FromMinutes(2),
        };
        await rooms.Write(message);
    }

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task One_who_has_lost_the_claim_does_not_begin()
    {
        (await rooms.Send(new BeginSends([message.Id], Guid.NewGuid()))).ShouldBeEmpty();

        (await Row()).State.ShouldBe(OutboundState.Queued);
    }

    [Fact]
    public async Task One_message_begins_once_for_a_claim()
    {
        (await rooms.Send(new BeginSends([message.Id], Claim))).ShouldHaveSingleItem();

        (await rooms.Send(new BeginSends([message.Id], Claim))).ShouldBeEmpty();
    }

    [Fact]
    public async Task That_it_was_taken_counts_though_it_had_been_given_up_for_lost()
    {
        await rooms.Send(new BeginSends([message.Id], Claim));
        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.NotThere(), LookedUp: true)]));
        (await Row()).State.ShouldBe(OutboundState.Queued);

        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.Accepted("SM1"))]));

        var row = await Row();
        (row.State, row.ProviderId).ShouldBe((OutboundState.Sent, "SM1"));
    }

    [Fact]
    public async Task A_refusal_of_an_old_attempt_does_not_undo_a_later_one()
    {
        await rooms.Send(new BeginSends([message.Id], Claim));
        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.Accepted("SM1"))]));

        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.Refused("21211"))]));
        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.TryAgain("http-503"))]));

        (await Row()).State.ShouldBe(OutboundState.Sent);
    }

    [Fact]
    public async Task A_report_of_a_text_that_was_given_up_for_lost_stops_it_from_leaving_again()
    {
        await rooms.Send(new BeginSends([message.Id], Claim));
        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.NotThere(), LookedUp: true)]));

        await rooms.Send(new ReportDelivery("SM1", message.Id, MediumWorld.Patient, DeliveryState.Delivered));

        var row = await Row();
        (row.State, row.Delivery).ShouldBe((OutboundState.Sent, DeliveryState.Delivered));
    }

    private Task<OutboundMessage> Row() => rooms.Read(db => db.Set<OutboundMessage>().AsNoTracking().SingleAsync());
}
