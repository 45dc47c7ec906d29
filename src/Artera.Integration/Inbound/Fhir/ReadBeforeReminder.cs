using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// A patient is about to be reminded of a visit: where the feed says so, the visit is read again first. Here it is only
/// asked for; the reminder comes again in a moment, until there is an answer or the patience is over.
/// </summary>
internal sealed class ReadBeforeReminder(IntegrationDb db, FeedBook feeds, TimeProvider time) : INotificationHandler<AppointmentReminding>
{
    private static readonly Duration LookAgain = Duration.FromSeconds(2);

    public async ValueTask Handle(AppointmentReminding notification, CancellationToken cancellationToken)
    {
        var visit = notification.Appointment;
        if (feeds.Find(visit.Feed)?.Options.Fhir is not { ReadBeforeReminder: true, BaseUrl: not null } fhir)
            return;
        var now = time.Now();
        var row = await db.Set<FhirRead>().SingleOrDefaultAsync(read => read.AppointmentId == visit.Id, cancellationToken);
        if (row is null || (row.AnsweredAt ?? row.GiveUpAt) + Duration.FromTimeSpan(fhir.ReadAgainAfter) < now)
        {
            Ask(row, visit, fhir, now);
            notification.Wait(now + LookAgain);
        }
        else if (now < row.GiveUpAt && (row.AnsweredAt is null || await IsWaiting(row, cancellationToken)))
        {
            notification.Wait(now + LookAgain);
        }
    }

    private void Ask(FhirRead? row, Appointment visit, FhirOptions fhir, Instant now)
    {
        var giveUp = now + Duration.FromTimeSpan(fhir.ReadPatience);
        if (row is null)
            db.Add(row = new() { Feed = visit.Feed, AppointmentId = visit.Id, AskedAt = now, GiveUpAt = giveUp, DueAt = now });
        (row.Feed, row.AskedAt, row.GiveUpAt, row.DueAt) = (visit.Feed, now, giveUp, now);
        (row.AnsweredAt, row.InboxMessageId, row.Attempts, row.Trouble) = (null, null, 0, null);
    }

    private Task<bool> IsWaiting(FhirRead row, CancellationToken cancellation) => row.InboxMessageId is { } version
        ? db.Set<InboxMessage>().AnyAsync(message => message.Id == version && message.State == InboxState.Received, cancellation)
        : Task.FromResult(false);
}
