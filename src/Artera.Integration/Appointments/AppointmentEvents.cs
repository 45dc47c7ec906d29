using Mediator;

namespace Artera.Integration.Appointments;

/// <summary>A new appointment.</summary>
public sealed record AppointmentBooked(Appointment Appointment) : INotification;

/// <summary>The EMR changed it: a new time, date or location may be told; anything else is silent.</summary>
/// <param name="Moved">The time, date or location is another one, and the patient is asked again.</param>
public sealed record AppointmentUpdated(Appointment Appointment, bool Moved) : INotification;

/// <summary>The EMR cancelled, discontinued or deleted it.</summary>
public sealed record AppointmentCancelled(Appointment Appointment) : INotification;

/// <summary>The patient answered, or staff did on the patient's behalf.</summary>
/// <param name="By">Who answered: <c>patient</c>, or the user's name.</param>
public sealed record PatientAnswered(Appointment Appointment, PatientStatus Before, string By) : INotification;
