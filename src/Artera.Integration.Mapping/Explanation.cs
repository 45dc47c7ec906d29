namespace Artera.Integration.Mapping;

/// <summary>How a mapping came to its result: for the dry run and the message trace. It holds what the message says of the patient.</summary>
public sealed record Explanation
{
    /// <summary>What <see cref="Mapper"/> gives for the same message.</summary>
    public required MappingResult Result { get; init; }

    /// <summary>The message's event, such as <c>SIU^S12</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The word that the mapping's <c>events</c> has for it, or null.</summary>
    public string? Action { get; init; }

    /// <summary>Every field that was looked for, in the order of the mapping language; a message of several patients or orders has them for each.</summary>
    public required IReadOnlyList<FieldReading> Readings { get; init; }

    /// <summary>The skip rules that matched: the reason each gives.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>What the message says and no rule looked at, in the order of the message.</summary>
    public required IReadOnlyList<UnreadField> Unread { get; init; }
}

/// <summary>Where a field's value came from.</summary>
/// <param name="Group">Which patient or order of the message, from 1.</param>
/// <param name="Field">The mapping's field, such as <c>appointment.status</c>.</param>
/// <param name="Value">What the mapping made of it; <c>""</c> when it is erased, null when nothing is stated.</param>
/// <param name="Path">The path that gave it, or null when none had a value.</param>
/// <param name="Text">The text at that path.</param>
/// <param name="Table">The table it went through, or null.</param>
/// <param name="Note">What else a person should know: a refused number, a dropped extension, why it is held.</param>
public sealed record FieldReading(int Group, string Field, string? Value, string? Path, string? Text, string? Table, string? Note);

/// <summary>A value that no rule looked at.</summary>
/// <param name="Path">Such as <c>ZPD-3</c>, with the segment's number when it repeats: <c>NTE(2)-3</c>.</param>
/// <param name="Text">The field as sent.</param>
public sealed record UnreadField(string Path, string Text);
