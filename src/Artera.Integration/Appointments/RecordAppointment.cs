using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
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
    private bool SaysNoPlace => Facts.Location.IsNothing && Facts.Provider.IsNothing;

    /// <summary>Kept although no practice is known, so that an older message cannot book it.</summary>
    internal bool IsEndOfSomethingUnknown =>
        SaysNoPlace && Change is AppointmentChange.Cancel or AppointmentChange.Delete or AppointmentChange.Discontinue or AppointmentChange.NoShow;

    internal bool SaysOnlyWhose => SaysNoPlace && Change == AppointmentChange.Update && Facts.Start.IsNothing;

    public enum Outcome
    {
        Applied,

        /// <summary>Older than what is known; nothing was changed.</summary>
        Stale,

        /// <summary>New, and for a location that no practice owns; nothing was stored.</summary>
        Unmapped,

        /// <summary>Nobody knows the appointment, and the message says no more than whose it is.</summary>
        Unknown,
    }
}

public sealed class RecordAppointmentHandler(IntegrationDb db, TimeProvider time, IPublisher publisher)
    : IRequestHandler<RecordAppointment, RecordAppointment.Outcome>
{
    private readonly SeriesEnd series = new(db, time, publisher);
    private readonly Rebooking rebooking = new(db, publisher);

    public async ValueTask<RecordAppointment.Outcome> Handle(RecordAppointment request, CancellationToken cancellationToken)
    {
        var known = await db.FindAppointment(request.Emr, request.Facts.Id, cancellationToken) ?? await FindByOtherId(request, cancellationToken);
        if (known is not null && request.Version.IsOlderThan(known.Version))
            return RecordAppointment.Outcome.Stale;
        var ended = await series.End(request, known, cancellationToken);
        if (known is null && request.PracticeId is null && !request.IsEndOfSomethingUnknown)
            return ended > 0 ? RecordAppointment.Outcome.Applied : request.SaysOnlyWhose ? RecordAppointment.Outcome.Unknown : RecordAppointment.Outcome.Unmapped;

        await (known is null ? Add(request, cancellationToken) : Update(known, request, cancellationToken));
        if (known is not null && request.SaysOnlyWhose)
            await rebooking.Join(known, request, request.ArrivedAt ?? time.Now(), cancellationToken);
        return RecordAppointment.Outcome.Applied;
    }

    /// <summary>A message that tells of another number of patients calls the same patient's visit by another id.</summary>
    private async ValueTask<Appointment?> FindByOtherId(RecordAppointment request, CancellationToken cancellation)
    {
        if (request.Facts.OtherId is not { } other || await db.FindAppointment(request.Emr, other, cancellation) is not { } known || known.PatientId != request.PatientId)
            return null;
        if (!request.Version.IsOlderThan(known.Version))
        {
            known.ExternalId = request.Facts.Id;
            db.AtHand<(string, string), Appointment>().Put((request.Emr, request.Facts.Id), known);
        }

        return known;
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
        await db.AddAppointment(appointment, cancellation);
        await rebooking.Link(appointment, request, isNew: true, now, cancellation);

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
        await rebooking.Link(appointment, request, isNew: false, now, cancellation);

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
            db.KeepAtHand(appointment);
        }

        if (appointment.IsLive)
            appointment.CancelledAt = null;
        await publisher.Publish(new AppointmentUpdated(appointment, moved, request.ArrivedAt is not null), cancellation);
    }
}
