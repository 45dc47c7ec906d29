using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Appointments;

/// <summary>What the EMR says of an appointment, laid over what is known of it.</summary>
/// <param name="PracticeId">The practice that owns the location, or null when nobody does.</param>
/// <param name="ArrivedAt">When the message arrived, if that is long ago: its news counts from then, and nobody is texted about the past.</param>
public sealed record RecordAppointment(
    string Emr,
    string Feed,
    long PatientId,
    long? PracticeId,
    AppointmentChange Change,
    AppointmentFacts Facts,
    MessageVersion Version,
    long? InboxMessageId,
    Instant? ArrivedAt = null) : IRequest<RecordAppointment.Outcome>
{
    public enum Outcome
    {
        Applied,

        /// <summary>Older than what is known; nothing was changed.</summary>
        Stale,

        /// <summary>New, and for a location that no practice owns; nothing was stored.</summary>
        Unmapped,
    }
}

public sealed class RecordAppointmentHandler(IntegrationDb db, TimeProvider time, IPublisher publisher)
    : IRequestHandler<RecordAppointment, RecordAppointment.Outcome>
{
    private static readonly CompiledQuery<Func<IntegrationDb, string, string, CancellationToken, Task<Appointment?>>> Find = new(() =>
        EF.CompileAsyncQuery((IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
            db.Set<Appointment>().FirstOrDefault(row => row.Emr == emr && row.ExternalId == externalId)));

    public async ValueTask<RecordAppointment.Outcome> Handle(RecordAppointment request, CancellationToken cancellationToken)
    {
        var known = await Find.For(db)(db, request.Emr, request.Facts.Id, cancellationToken);
        if (known is not null && request.Version.IsOlderThan(known.Version))
            return RecordAppointment.Outcome.Stale;
        if (known is null && request.PracticeId is null)
            return RecordAppointment.Outcome.Unmapped;

        await (known is null ? Add(request, cancellationToken) : Update(known, request, cancellationToken));
        return RecordAppointment.Outcome.Applied;
    }

    private async Task Add(RecordAppointment request, CancellationToken cancellation)
    {
        var now = request.ArrivedAt ?? time.Now();
        var appointment = new Appointment
        {
            Emr = request.Emr,
            ExternalId = request.Facts.Id,
            Feed = request.Feed,
            PatientId = request.PatientId,
            PracticeId = request.PracticeId,
            BookedAt = now,
            SystemStatusAt = now,
        };
        appointment.Take(request);
        appointment.SystemStatus = appointment.StatusAfter(request.Change, request.Facts.Status, now);
        db.Add(appointment);
        await db.SaveChangesAsync(cancellation);

        // An appointment first heard of when it is over was never told to the patient, so its end is not told either.
        if (appointment.IsLive)
            await publisher.Publish(new AppointmentBooked(appointment, request.ArrivedAt is not null), cancellation);
    }

    private async Task Update(Appointment appointment, RecordAppointment request, CancellationToken cancellation)
    {
        var now = request.ArrivedAt ?? time.Now();
        var (start, location, patient, practice) =
            (appointment.StartsAt, appointment.LocationCode, appointment.PatientId, appointment.PracticeId);
        appointment.PatientId = request.PatientId;
        if (request.Facts.Location.HasValue)
            appointment.PracticeId = request.PracticeId;
        appointment.Take(request);

        var wasLive = appointment.IsLive;
        var before = appointment.SystemStatus;
        appointment.SystemStatus = appointment.StatusAfter(request.Change, request.Facts.Status, now);
        if (appointment.SystemStatus != before)
            appointment.SystemStatusAt = now;

        if (wasLive && appointment.SystemStatus is EmrStatus.Cancelled or EmrStatus.Deleted && before != appointment.SystemStatus)
        {
            appointment.CancelledAt = now;
            await publisher.Publish(new AppointmentCancelled(appointment, request.ArrivedAt is not null), cancellation);
            return;
        }

        var moved = appointment.IsLive
            && (appointment.StartsAt != start || appointment.PatientId != patient || appointment.PracticeId != practice
                || !string.Equals(appointment.LocationCode, location, StringComparison.Ordinal));
        if (moved)
        {
            appointment.ChangedAt = now;
            appointment.PatientStatus = PatientStatus.Unconfirmed;
            appointment.PatientStatusAt = null;
        }

        if (appointment.IsLive)
            appointment.CancelledAt = null;
        await publisher.Publish(new AppointmentUpdated(appointment, moved, request.ArrivedAt is not null), cancellation);
    }
}
