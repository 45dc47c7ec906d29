using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// Reads appointments again by their ids. That one is missing from a search says nothing; only when the server says that it
/// has it no more (404, 410), or that it was a mistake, it is over.
/// </summary>
internal sealed class VisitReading(IntegrationDb db, FhirClient client, FhirLookUp lookUp, TimeProvider time)
{
    /// <summary>What has become of the visits in a window that the server did not name.</summary>
    /// <returns>Versions to be kept, and what could not be read; after an outage the rest is not asked for.</returns>
    public async Task<(List<InboxMessage> Versions, FhirAnswer? Trouble)> Missing(
        Feed feed, Interval window, IReadOnlySet<string> answered, CancellationToken cancellation)
    {
        var (from, to) = (window.Start, window.End);
        // Visits are found by practice and start; there is no index that begins with the feed.
        var live = db.Set<Appointment>().Where(visit => db.Set<Practice>().Any(practice => practice.Id == visit.PracticeId) && visit.Feed == feed.Name && visit.StartsAt >= from && visit.StartsAt < to
            && (visit.SystemStatus == EmrStatus.Booked || visit.SystemStatus == EmrStatus.Confirmed) && visit.ReplacedById == null);
        var versions = new List<InboxMessage>();
        FhirAnswer? trouble = null;
        foreach (var named in await Named(feed, live).Select(row => new { row.Id, row.ControlId }).ToListAsync(cancellation))
        {
            if (KnownVisit.ReferenceOf(named.ControlId) is { } told && answered.Contains(told))
                continue;
            var visit = await Known(db.Set<InboxMessage>().Where(row => row.Id == named.Id)).SingleAsync(cancellation);
            if (visit.Reference is not { } reference || answered.Contains(reference))
                continue;
            var (version, unread) = await Read(feed, visit, cancellation);
            if (version is not null)
                versions.Add(version);
            trouble = unread ?? trouble;
            if (unread is { Outcome: FhirOutcome.Down })
                break;
        }

        return (versions, trouble);
    }

    /// <summary>One visit, as the server has it now.</summary>
    /// <returns>The version, known or not; or why there is none. Neither when nobody knows what the server calls it.</returns>
    public async Task<(InboxMessage? Version, FhirAnswer? Trouble)> Of(Feed feed, long appointmentId, CancellationToken cancellation) =>
        await Known(Named(feed, db.Set<Appointment>().Where(visit => visit.Id == appointmentId))).SingleOrDefaultAsync(cancellation) is { Reference: not null } visit
            ? await Read(feed, visit, cancellation)
            : default;

    /// <summary>The messages that spoke of them last.</summary>
    private IQueryable<InboxMessage> Named(Feed feed, IQueryable<Appointment> visits) =>
        visits.Join(db.Set<InboxMessage>().Where(row => row.Feed == feed.Name), visit => visit.InboxMessageId, row => row.Id, (_, row) => row);

    private static IQueryable<KnownVisit> Known(IQueryable<InboxMessage> rows) =>
        rows.Select(row => new KnownVisit(row.Id, row.ControlId, row.PatientKey, row.AppointmentKey, row.Raw));

    private async Task<(InboxMessage? Version, FhirAnswer? Trouble)> Read(Feed feed, KnownVisit visit, CancellationToken cancellation)
    {
        var answer = await client.Get(feed, visit.Reference!, cancellation);
        if (answer.Outcome == FhirOutcome.Gone)
            return (GoneVisit.Of(feed, visit, answer.At ?? time.Now(), time.Now()), null);
        if (answer.Outcome != FhirOutcome.Found)
            return (null, answer);
        if (FhirMessage.TryRead(answer.Body, out _) is not { ResourceType: "Appointment" } resource)
            return (null, new(FhirOutcome.Refused, Why: "unreadable"));
        var (whole, trouble) = await lookUp.Whole(feed, resource, time.Now(), cancellation);
        return trouble is null ? (FhirIntake.Resource(feed, whole, time.Now()), null) : (null, trouble);
    }
}
