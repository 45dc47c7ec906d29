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

internal sealed class KeepResourcesHandler(IntegrationDb db, FeedBook feeds, TimeProvider time) : IRequestHandler<KeepResources, InboxState>
{
    public async ValueTask<InboxState> Handle(KeepResources request, CancellationToken cancellationToken)
    {
        var row = await db.Set<InboxMessage>().SingleAsync(message => message.Id == request.NotificationId, cancellationToken);
        if (row.State != InboxState.Waiting || feeds.Find(row.Feed) is not { } feed)
            return row.State;
        if (request.Found.Trouble is { } trouble)
            return Wait(row, trouble);

        foreach (var resource in request.Found.Resources)
        {
            var kept = FhirIntake.Resource(feed, resource, time.Now());
            if (!await IsKnown(kept, cancellationToken))
            {
                kept.Quiet = row.Quiet;
                db.Add(kept);
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        Settle(row, request.Found.Resources.Count > 0 ? InboxState.Applied : InboxState.Ignored, request.Found.Resources.Count > 0 ? null : "nothing-for-us");
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

    /// <summary>A version is known by its name; what a server does not version, by being the same as what is known last.</summary>
    private async Task<bool> IsKnown(InboxMessage kept, CancellationToken cancellation)
    {
        var rows = db.Set<InboxMessage>().Where(row => row.Feed == kept.Feed);
        if (kept.ControlId.Length > 0)
            return await rows.AnyAsync(row => row.ControlId == kept.ControlId && row.BodyHash == kept.BodyHash, cancellation);
        var type = kept.Event.Split('/')[0] + "/";
        var last = await rows
            .Where(row => row.PatientKey == kept.PatientKey && row.AppointmentKey == kept.AppointmentKey && row.Event.StartsWith(type))
            .OrderByDescending(row => row.Id).Select(row => (long?)row.BodyHash).FirstOrDefaultAsync(cancellation);
        return last == kept.BodyHash;
    }
}
