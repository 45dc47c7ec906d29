using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Mapping;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>Makes of one kept message what its feed's mapping says it means, and settles its row.</summary>
public sealed record ApplyMessage(long InboxMessageId) : IRequest<ApplyOutcome>;

/// <summary>What became of the message.</summary>
public sealed record ApplyOutcome(InboxState State, string? Cause = null);

internal sealed class ApplyMessageHandler(
    IntegrationDb db, InboxQueue queue, FeedBook feeds, ISender sender, Snapshot<EnterpriseDirectory> enterprise, TimeProvider time)
    : IRequestHandler<ApplyMessage, ApplyOutcome>
{
    /// <summary>How long a merge waits before it looks again whether what came before it is done.</summary>
    private static readonly Duration ForEarlier = Duration.FromSeconds(1);

    private readonly ApplyEvent applyEvent = new(sender, enterprise);

    public async ValueTask<ApplyOutcome> Handle(ApplyMessage request, CancellationToken cancellationToken)
    {
        var row = (await db.FindAsync<InboxMessage>([request.InboxMessageId], cancellationToken))!;
        if (row.State is not (InboxState.Received or InboxState.Failed))
            return new ApplyOutcome(row.State, row.Cause);
        if (FhirRows.IsNotification(row.Event))
        {
            // Somebody had it applied again: what it names is looked up again.
            (row.State, row.Cause, row.CauseValue, row.RetryAt, row.Attempts) = (InboxState.Waiting, null, null, null, 0);
            return new ApplyOutcome(row.State);
        }

        var (state, causes) = await Apply(row, cancellationToken);
        if (state == InboxState.Failed)
        {
            (row.State, row.Cause, row.RetryAt) = (state, causes[0].Code, time.Now() + ForEarlier);
            return new ApplyOutcome(state, row.Cause);
        }

        var cause = causes.Count > 0 ? causes[0] : null;
        row.State = state;
        row.Cause = cause?.Code;
        row.CausePath = cause?.Path;
        row.CauseValue = cause?.Value is { } value ? Intake.Column(value) : null;
        row.CauseTable = cause?.Table;
        row.RetryAt = null;
        row.SettledAt = time.Now();
        await OwedAcks.Owe(db, feeds, row, causes, time.Now(), cancellationToken);
        return new ApplyOutcome(state, cause?.Code);
    }

    private async Task<(InboxState State, IReadOnlyList<Cause> Causes)> Apply(InboxMessage row, CancellationToken cancellation)
    {
        var says = db.AtHand<long, Understanding>().Find(row.Id) is [var read] ? read : Understanding.Of(row, feeds);
        if (says.Feed is not { } feed)
            return (InboxState.Held, [new Cause("unknown-feed")]);
        if (says.Meaning is not { } meaning)
            return (InboxState.Held, [new Cause("unreadable")]);
        if (meaning.Outcome == MappingOutcome.Ignored)
            return (InboxState.Ignored, meaning.Causes);
        if (meaning.Outcome == MappingOutcome.Held)
            return (InboxState.Held, meaning.Wrong);
        if (TooLong.In(meaning.Events) is { } tooLong)
            return (InboxState.Held, [tooLong]);

        // Two patients are in two lanes; what was said of the one before they became one comes first, as it did in the EMR.
        foreach (var merged in meaning.Events.OfType<PatientsMerged>())
        {
            if (await queue.HasEarlier(row.Id, feed.Emr, merged.LosingId, cancellation))
                return (InboxState.Failed, [new Cause("earlier-messages-wait")]);
        }

        var source = new MessageSource(feed, says.Version(row), row.Id, row.Quiet ? row.ReceivedAt : null);
        var (fate, why) = (InboxState.Stale, (Cause?)new Cause("older-version"));
        foreach (var happened in meaning.Events)
        {
            var (state, cause) = await applyEvent.Apply(happened, source, cancellation);
            if (Weight(state) > Weight(fate))
                (fate, why) = (state, cause);
        }

        return (fate, why is null ? meaning.Causes : [why]);
    }

    /// <summary>A message that says several things has the fate that a person must know of.</summary>
    private static int Weight(InboxState state) => state switch
    {
        InboxState.Stale => 0,
        InboxState.Applied => 1,
        InboxState.Unmapped => 2,
        _ => 3,
    };
}
