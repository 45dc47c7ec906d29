namespace Artera.Integration.Inbound;

/// <summary>
/// Finding kept messages by what they are filed under. The conditions beside the obvious ones are those of the indexes,
/// without which a database would read every message there is.
/// </summary>
public static class InboxSearch
{
    /// <summary>MSH-10.</summary>
    public static IQueryable<InboxMessage> WithControlId(this IQueryable<InboxMessage> messages, string controlId) =>
        messages.Where(message => message.ControlId != "" && message.ControlId == controlId);

    /// <summary>The patient's identifier in the EMR.</summary>
    public static IQueryable<InboxMessage> AboutPatient(this IQueryable<InboxMessage> messages, string key) =>
        messages.Where(message => (message.State == InboxState.Received && message.PatientKey == key)
            || (message.State != InboxState.Received && message.PatientKey == key));

    /// <summary>The appointment's identifier in the EMR.</summary>
    public static IQueryable<InboxMessage> AboutAppointment(this IQueryable<InboxMessage> messages, string key) =>
        messages.Where(message => (message.State == InboxState.Received && message.AppointmentKey == key)
            || (message.State != InboxState.Received && message.AppointmentKey == key));
}
