using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// Journals the resources that a notification brought or named, each version once, and settles the notification; or has it
/// wait on when the server did not answer. What the server refuses is held for a person.
/// </summary>
internal sealed record KeepResources(long NotificationId, FhirFound Found) : IRequest<InboxState>;

internal sealed class KeepResourcesHandler(IntegrationDb db, FeedBook feeds, EventNumbers numbers, TimeProvider time) : IRequestHandler<KeepResources, InboxState>
{
    public async ValueTask<InboxState> Handle(KeepResources request, CancellationToken cancellationToken)
    {
        var row = await db.Set<InboxMessage>().SingleAsync(message => message.Id == request.NotificationId, cancellationToken);
        if (row.State != InboxState.Waiting || feeds.Find(row.Feed) is not { } feed)
            return row.State;
        if (row is { Attempts: 0, Note: not FhirRows.Recovered })
            await numbers.Count(feed, FhirNotification.Read(row.Raw), cancellationToken);
        if (request.Found.Trouble is { } trouble)
            return Wait(row, trouble);

        foreach (var resource in request.Found.Resources)
        {
            await db.KeepVersion(FhirIntake.Resource(feed, resource, time.Now()), row.Quiet, cancellationToken);
        }

        var isNews = request.Found.Resources.Count > 0;
        Settle(row, isNews ? InboxState.Applied : InboxState.Ignored, isNews ? null : FhirRows.WhyNothing(row.Event));
        return row.State;
    }

    private InboxState Wait(InboxMessage row, FhirAnswer trouble)
    {
        row.Attempts++;
        var next = RetryPolicy.After(trouble.Outcome == FhirOutcome.Down ? Failure.Transient : Failure.Final, row.Attempts, trouble.AskedFor);
        if (next.Again)
        {
            row.RetryAt = time.Now() + next.Pause;
            (row.Cause, row.CauseValue) = ("looked-up-in-vain", trouble.Why);
        }
        else
        {
            Settle(row, InboxState.Held, trouble.Outcome == FhirOutcome.Gone ? "gone" : "look-up-refused");
            row.CauseValue = trouble.Why;
        }

        return row.State;
    }

    private void Settle(InboxMessage row, InboxState state, string? cause)
    {
        (row.State, row.Cause, row.CauseValue, row.RetryAt, row.SettledAt) = (state, cause, null, null, time.Now());
    }
}
