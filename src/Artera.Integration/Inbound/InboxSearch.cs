namespace Artera.Integration.Inbound;

/// <summary>
/// Finding kept messages by what they are filed under. The conditions beside the obvious ones are those of the indexes,
/// without which a database would read every message there is.
/// </summary>
public static class InboxSearch
{
    /// <summary>The cause of a message that a person has decided to ignore.</summary>
    public const string IgnoredByHand = "ignored-by-hand";

    /// <summary>Those that can be read again: not so long settled that only the rest of them is kept.</summary>
    public static IQueryable<InboxMessage> WithBytes(this IQueryable<InboxMessage> messages)
    {
        byte[] none = [];
        return messages.Where(message => message.Raw != none);
    }

    /// <summary>MSH-10.</summary>
    public static IQueryable<InboxMessage> WithControlId(this IQueryable<InboxMessage> messages, string controlId) =>
        messages.Where(message => message.ControlId != "" && message.ControlId == controlId);

    /// <summary>The patient's identifier in the EMR.</summary>
    public static IQueryable<InboxMessage> AboutPatient(this IQueryable<InboxMessage> messages, string key) =>
        messages.Where(message => (message.State == InboxState.Received && message.PatientKey == key)
            || (message.State != InboxState.Received && message.PatientKey == key));

    /// <summary>All that have been looked at: only then are they filed.</summary>
    public static IQueryable<InboxMessage> Settled(this IQueryable<InboxMessage> messages) =>
        messages.Where(message => message.State != InboxState.Received);

    /// <summary>The appointment's identifier in the EMR.</summary>
    public static IQueryable<InboxMessage> AboutAppointment(this IQueryable<InboxMessage> messages, string key) =>
        messages.Where(message => (message.State == InboxState.Received && message.AppointmentKey == key)
            || (message.State != InboxState.Received && message.AppointmentKey == key));

    /// <summary>Held, for a location that nobody owns, or failed; in the words of the index that has these alone.</summary>
    public static IQueryable<InboxMessage> WaitingForAPerson(this IQueryable<InboxMessage> messages) => messages.Where(
        message => message.State == InboxState.Held || message.State == InboxState.Unmapped || message.State == InboxState.Failed);

    /// <summary>Those that wait for this reason.</summary>
    public static IQueryable<InboxMessage> WaitingBecauseOf(this IQueryable<InboxMessage> messages, HeldCause cause) =>
        messages.WaitingForAPerson().Where(message => message.State == cause.State && message.Feed == cause.Feed && message.Cause == cause.Cause
            && message.CausePath == cause.CausePath && message.CauseValue == cause.CauseValue && message.CauseTable == cause.CauseTable);
}
