using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Appointments;

/// <summary>
/// Some EMRs (Epic, SCH-24) move a visit by cancelling it and booking another one that names it, in either order. It is
/// one change when the former visit was still standing, or had been cancelled a moment before.
/// </summary>
internal sealed class Rebooking(IntegrationDb db, IPublisher publisher)
{
    public async Task Link(Appointment visit, RecordAppointment request, bool isNew, Instant now, CancellationToken cancellation)
    {
        if (isNew && await Successor(visit, request, cancellation) is { } successor)
            Replace(visit, successor, now);
        else if (request.Change is AppointmentChange.Book or AppointmentChange.Reschedule)
            visit.ReplacedById = null;

        if (!request.Facts.Replaces.HasValue || visit.Replaces == request.Facts.Replaces.Value)
            return;
        visit.Replaces = request.Facts.Replaces.Value;
        if (await Former(visit, cancellation) is not { } former || !former.WasStanding(now))
            return;
        Replace(former, visit, now);
        if (isNew)
            visit.ChangedAt = now;
        await publisher.Publish(new AppointmentUpdated(former, Moved: false, request.ArrivedAt is not null), cancellation);
    }

    /// <summary>Two visits turn out to be one and the same (A42, A50): the other number's stands no more, and nobody is told of an end.</summary>
    public async Task Join(Appointment visit, RecordAppointment request, Instant now, CancellationToken cancellation)
    {
        if (request.Facts.OtherId is not { } number
            || await db.FindAppointment(visit.Emr, number, cancellation) is not { IsLive: true } other
            || ReferenceEquals(other, visit) || other.PatientId != visit.PatientId || request.Version.IsOlderThan(other.Version))
        {
            return;
        }

        await db.SaveChangesAsync(cancellation);
        Replace(other, visit, now);
        other.Version = request.Version;
        await publisher.Publish(new AppointmentUpdated(other, Moved: false, request.ArrivedAt is not null), cancellation);
    }

    private static void Replace(Appointment former, Appointment visit, Instant now)
    {
        visit.ReplacesId = former.Id;
        former.ReplacedById = visit.Id;
        if (former.SystemStatus is EmrStatus.Booked or EmrStatus.Confirmed)
            (former.SystemStatus, former.SystemStatusAt) = (EmrStatus.Cancelled, now);
    }

    private async Task<Appointment?> Former(Appointment visit, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        return await db.Set<Appointment>().FirstOrDefaultAsync(former =>
            former.Emr == visit.Emr && former.ExternalId == visit.Replaces && former.PatientId == visit.PatientId && former.Id != visit.Id, cancellation);
    }

    /// <summary>The visit that replaced this one before this one was ever heard of: an old booking has come late.</summary>
    private async Task<Appointment?> Successor(Appointment visit, RecordAppointment request, CancellationToken cancellation) =>
        (await db.FindReplacing(visit, cancellation)).Find(other => other.Id != visit.Id && request.Version.IsOlderThan(other.Version));
}

internal static class Rebooked
{
    /// <summary>How long the news of a cancellation waits for the booking that may belong to it.</summary>
    public static readonly Duration Within = Duration.FromMinutes(5);

    public static bool WasStanding(this Appointment former, Instant now) =>
        former.IsLive || (former.ReplacedById is null && former.CancelledAt is { } cancelled && now - cancelled <= Within);
}
