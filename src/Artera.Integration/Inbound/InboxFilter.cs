using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>What somebody looks for among kept messages; what is null does not matter.</summary>
public sealed record InboxFilter
{
    public string? Feed { get; init; }

    public InboxState? State { get; init; }

    /// <summary>The stable word, such as <c>unknown-code</c>.</summary>
    public string? Cause { get; init; }

    /// <summary>MSH-9.1, such as <c>SIU</c>.</summary>
    public string? Type { get; init; }

    /// <summary>MSH-9, such as <c>SIU^S12</c>.</summary>
    public string? Event { get; init; }

    /// <summary>MSH-10.</summary>
    public string? ControlId { get; init; }

    /// <summary>The patient's identifier in the EMR.</summary>
    public string? PatientId { get; init; }

    /// <summary>The appointment's identifier in the EMR.</summary>
    public string? AppointmentId { get; init; }

    /// <summary>Received then or later.</summary>
    public Instant? From { get; init; }

    /// <summary>Received before.</summary>
    public Instant? To { get; init; }

    internal bool HasOnlyTime =>
        this is { Feed: null, State: null, Cause: null, Type: null, Event: null, ControlId: null, PatientId: null, AppointmentId: null };

    internal bool IsOfType(string type) => Type is null || type == Type || type.StartsWith($"{Type}^", StringComparison.Ordinal) || type.StartsWith($"{Type}/", StringComparison.Ordinal);

    /// <summary>Everything that is asked; whatever index leads to the messages, the rest is looked at row by row.</summary>
    internal IQueryable<InboxMessage> Of(IQueryable<InboxMessage> rows)
    {
        if (Feed is { } feed)
            rows = rows.Where(row => row.Feed == feed);
        if (State is { } state)
            rows = rows.Where(row => row.State == state);
        if (Cause is { } cause)
            rows = rows.Where(row => row.Cause == cause);
        if (Type is { } type)
            rows = rows.Where(row => row.Event == type || row.Event.StartsWith(type + "^") || row.Event.StartsWith(type + "/"));
        if (Event is { } happened)
            rows = rows.Where(row => row.Event == happened);
        if (ControlId is { } controlId)
            rows = rows.Where(row => row.ControlId == controlId);
        if (PatientId is { } patient)
            rows = rows.Where(row => row.PatientKey == patient);
        if (AppointmentId is { } appointment)
            rows = rows.Where(row => row.AppointmentKey == appointment);
        if (From is { } from)
            rows = rows.Where(row => row.ReceivedAt >= from);
        if (To is { } to)
            rows = rows.Where(row => row.ReceivedAt < to);
        return rows;
    }
}
