using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>What a mapping made of a message.</summary>
public enum MappingOutcome
{
    /// <summary>The events say what happened.</summary>
    Understood,

    /// <summary>The mapping does not list the event, or skips it and says why.</summary>
    Ignored,

    /// <summary>A person must look: a code without a meaning, a required value missing, a value that cannot be read.</summary>
    Held,
}

/// <summary>Why a message is held or ignored. Values are the EMR's codes or empty, never a name, number or birth date.</summary>
/// <param name="Code">A stable word: <c>unknown-code</c>, <c>missing</c>, <c>unreadable</c>, <c>skipped</c>, <c>not-listed</c>, <c>circular-merge</c>.</param>
/// <param name="Field">The mapping's field, such as <c>appointment.status</c>.</param>
/// <param name="Path">Where in the message, such as <c>SCH-25.1</c>.</param>
/// <param name="Value">The code that has no meaning; null unless it came through a table.</param>
/// <param name="Table">The table it was looked up in.</param>
/// <param name="Because">The reason that a skip rule gives.</param>
public sealed record Cause(string Code, string? Field = null, string? Path = null, string? Value = null, string? Table = null, string? Because = null)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => Code switch
    {
        "unknown-code" when Table is null => $"{Path} has a code without a meaning ({Field})",
        "unknown-code" => $"{Path} = {Value} is not in table {Table} ({Field})",
        "not-listed" => $"the mapping does not list {Value}",
        "skipped" => $"skipped: {Because ?? Value}",
        "circular-merge" => $"{Path} names the surviving patient itself",
        "missing" => $"{Field} has no value at {Path}",
        "unreadable" => $"{Field} cannot be read at {Path}",
        _ => string.Join(' ', new[] { Code, Field, Path, Value }.Where(part => part is not null)),
    };
}

/// <summary>The outcome of mapping one message.</summary>
public sealed record MappingResult
{
    /// <summary>Understood, Ignored or Held.</summary>
    public required MappingOutcome Outcome { get; init; }

    /// <summary>What happened; empty unless understood.</summary>
    public IReadOnlyList<EmrEvent> Events { get; init; } = [];

    /// <summary>
    /// Why; at least one when held or ignored. On a message that is understood: what was left out because it could not
    /// be read, while the news could not wait (a cancellation, a death, a merge), or which of its patients were skipped.
    /// </summary>
    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>The causes without what a skip rule left out, which is not wrong; of a message that is held, why.</summary>
    public IReadOnlyList<Cause> Wrong => [.. Causes.Where(cause => cause.Code != "skipped")];
}

/// <summary>What a feed lends to the mapping of its messages.</summary>
/// <param name="TimeZone">The zone of local times without an offset.</param>
/// <param name="ReceivedAt">When the message arrived: by then a FHIR contact point with a period may be out of use.</param>
public sealed record MappingContext(DateTimeZone TimeZone, Instant? ReceivedAt = null);

/// <summary>What a receiver wants to know of a message before it is mapped: enough to file it and keep its order.</summary>
/// <param name="PatientId">The patient's identifier by the mapping, or null.</param>
/// <param name="AppointmentId">The appointment's identifier by the mapping, or null.</param>
/// <param name="RecallId">The recall's, or null.</param>
/// <param name="ReferralId">The referral's, or null.</param>
public readonly record struct MessageKeys(string? PatientId, string? AppointmentId, string? RecallId = null, string? ReferralId = null);
