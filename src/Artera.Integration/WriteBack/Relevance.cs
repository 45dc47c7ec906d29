using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Whether an answer is still to be said to the EMR, given what the EMR itself says of the visit by now. A patient
/// who confirmed a visit that moved or was cancelled meanwhile is a matter for a person, not for the EMR.
/// </summary>
internal static class Relevance
{
    /// <summary>Null: still to be said. Else how the write-back ends without being sent.</summary>
    public static Ending? Of(PendingWriteBack answer, Appointment appointment, Instant now, Duration sendAfterStart)
    {
        var status = answer.Status;
        return appointment.SystemStatus switch
        {
            EmrStatus.Cancelled or EmrStatus.Deleted => status == PatientStatus.Cancelled
                ? new(WriteBackState.Done, Causes.AlreadyCancelled)
                : new(WriteBackState.Parked, Causes.Cancelled),
            EmrStatus.NoShow => new(WriteBackState.Parked, Causes.NoShow),
            EmrStatus.Arrived or EmrStatus.Completed => new(WriteBackState.Superseded, Causes.VisitBegan),
            _ when Moved(answer, appointment) => status == PatientStatus.RescheduleRequested
                ? new(WriteBackState.Superseded, Causes.Moved)
                : new(WriteBackState.Parked, Causes.Moved),
            EmrStatus.Confirmed when status == PatientStatus.Confirmed => new(WriteBackState.Done, Causes.AlreadyConfirmed),
            _ when appointment.LastUse(sendAfterStart) < now => new(WriteBackState.Parked, Causes.Past),
            _ => null,
        };
    }

    private static bool Moved(PendingWriteBack answer, Appointment appointment) =>
        appointment.StartsAt != answer.StartsAt || appointment.ChangedAt != answer.MovedAt;

    private static Instant? LastUse(this Appointment appointment, Duration sendAfterStart) =>
        appointment.StartsAt + (appointment.DayOnly ? Duration.FromDays(1) : sendAfterStart);
}

internal readonly record struct Ending(WriteBackState State, string Cause);
