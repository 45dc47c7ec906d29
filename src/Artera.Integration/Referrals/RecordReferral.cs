using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Referrals;

/// <summary>What the EMR says of a referral, laid over what is known of it.</summary>
/// <param name="PracticeId">The practice that owns the location or the provider, or null when nobody does.</param>
/// <param name="ArrivedAt">When the message arrived, if that is long ago: its news counts from then, and nobody is texted about the past.</param>
public sealed record RecordReferral(
    string Emr, string Feed, long PatientId, long? PracticeId, ReferralChanged Facts, MessageVersion Version, long? InboxMessageId, Instant? ArrivedAt = null)
    : IRequest<RecordReferral.Outcome>
{
    public enum Outcome
    {
        Applied,

        /// <summary>Older than what is known; nothing was changed.</summary>
        Stale,

        /// <summary>New, and for a location or provider that no practice owns; nothing was stored.</summary>
        Unmapped,
    }
}

public sealed class RecordReferralHandler(IntegrationDb db, TimeProvider time, IPublisher publisher)
    : IRequestHandler<RecordReferral, RecordReferral.Outcome>
{
    public async ValueTask<RecordReferral.Outcome> Handle(RecordReferral request, CancellationToken cancellationToken)
    {
        var referral = await db.Set<Referral>()
            .FirstOrDefaultAsync(row => row.Emr == request.Emr && row.ExternalId == request.Facts.Id, cancellationToken);
        if (referral is not null && request.Version.IsOlderThan(referral.Version))
            return RecordReferral.Outcome.Stale;
        if (referral is null && request.PracticeId is null)
            return RecordReferral.Outcome.Unmapped;

        await (referral is null ? Add(request, cancellationToken) : Update(referral, request, cancellationToken));
        return RecordReferral.Outcome.Applied;
    }

    private async Task Add(RecordReferral request, CancellationToken cancellation)
    {
        var now = request.ArrivedAt ?? time.Now();
        var referral = new Referral
        {
            Emr = request.Emr,
            ExternalId = request.Facts.Id,
            Feed = request.Feed,
            PatientId = request.PatientId,
            CreatedAt = now,
        };
        referral.Take(request, now);

        // What it starts with has not changed.
        (referral.SchedulingAt, referral.AuthorizationAt) = (null, null);
        db.Add(referral);
        await db.SaveChangesAsync(cancellation);
        if (referral.IsOpen)
            await publisher.Publish(new ReferralCreated(referral), cancellation);
    }

    private async Task Update(Referral referral, RecordReferral request, CancellationToken cancellation)
    {
        var wasOpen = referral.IsOpen;
        referral.Take(request, request.ArrivedAt ?? time.Now());
        if (referral.IsOpen)
            await publisher.Publish(new ReferralUpdated(referral), cancellation);
        else if (wasOpen)
            await publisher.Publish(new ReferralEnded(referral), cancellation);
    }
}
