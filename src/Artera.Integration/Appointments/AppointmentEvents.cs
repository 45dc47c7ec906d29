using Mediator;
using NodaTime;

namespace Artera.Integration.Appointments;

/// <summary>Many messages are about to be applied in one transaction: whoever keeps rows of these reads them all at once.</summary>
public sealed record AppointmentsAtHand(IReadOnlyCollection<Appointment> Appointments, IReadOnlyCollection<long> PatientIds) : INotification
{
    public IReadOnlyList<long> AppointmentIds { get; } = [.. Appointments.Select(appointment => appointment.Id)];
}

/// <summary>A new appointment.</summary>
/// <param name="Quietly">It is told long after it happened, so that nobody is texted about the past.</param>
public sealed record AppointmentBooked(Appointment Appointment, bool Quietly = false) : INotification;

/// <summary>The EMR changed it: a new time, date or location may be told; anything else is silent.</summary>
/// <param name="Moved">The time, date or location is another one, and the patient is asked again.</param>
public sealed record AppointmentUpdated(Appointment Appointment, bool Moved, bool Quietly = false) : INotification;

/// <summary>The EMR cancelled, discontinued or deleted it.</summary>
public sealed record AppointmentCancelled(Appointment Appointment, bool Quietly = false) : INotification;

/// <summary>The patient answered, or staff did on the patient's behalf.</summary>
/// <param name="By">Who answered: <c>patient</c>, or the user's name.</param>
public sealed record PatientAnswered(Appointment Appointment, PatientStatus Before, string By) : INotification;

/// <summary>The EMR took an answer that was written back, or says the same by itself.</summary>
public sealed record AnswerReachedEmr(Appointment Appointment, PatientStatus Status) : INotification;

/// <summary>The EMR does not have an answer and will not get it unless a person acts.</summary>
/// <param name="Cause">A stable word (<c>not-supported</c>, <c>moved</c>, <c>cancelled</c>, <c>past</c>), or the EMR's acknowledgement and error code (<c>AR 204</c>).</param>
public sealed record AnswerRefusedByEmr(Appointment Appointment, PatientStatus Status, string Cause) : INotification;

/// <summary>The patient is about to be reminded of the visit: whoever wants to look at it first has the reminder wait.</summary>
public sealed record AppointmentReminding(Appointment Appointment) : INotification
{
    /// <summary>When to ask again; null when nobody wants to wait.</summary>
    public Instant? Until { get; private set; }

    public void Wait(Instant until) => Until = Until > until ? Until : until;
}
