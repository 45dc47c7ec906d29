using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Mapping.Values;
using NodaTime;

namespace Artera.Integration.Mapping.Reading;

/// <summary>How each kind of field takes its value; the plain ones.</summary>
internal static class Takes
{
    public static Taken Text(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out string value) =>
        Meaning(source, text, out value);

    public static Taken Code(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out Coded value)
    {
        var taken = Meaning(source, text, out var code);
        value = taken == Taken.Value ? new(code, CodeNames.Of(reader, source, repetition)) : default;
        return taken;
    }

    public static Taken Date(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out LocalDate value)
    {
        value = default;
        if (!Hl7Timestamp.TryParse(text, out var time))
            return Taken.Unreadable;
        if (time.Date is not { } date)
            return Taken.Nothing;
        value = date;
        return Taken.Value;
    }

    public static Taken Start(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out VisitStart value)
    {
        value = default;
        if (!Hl7Timestamp.TryParse(text, out var time) || time.Precision is Hl7Precision.Year or Hl7Precision.Month)
            return Taken.Unreadable;
        if (time.IsAbsent)
            return Taken.Nothing;
        value = reader.Clock.Start(time);
        return Taken.Value;
    }

    public static Taken Minutes(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out int value)
    {
        if (!Durations.TryRead(text, source.Unit is null ? null : reader.TextAt(source.Unit), out value))
            return Taken.Unreadable;
        return value > 0 ? Taken.Value : Taken.Nothing;
    }

    public static Taken Medium(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out string value)
    {
        var taken = Meaning(source, text, out value);
        if (taken != Taken.Value)
            return taken == Taken.Unknown && Known(text, out value) ? Taken.Value : taken;
        return Known(value, out value) ? Taken.Value : Taken.Unknown;

        static bool Known(string word, out string medium)
        {
            medium = Words.Media.FirstOrDefault(known => known.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? "";
            return medium.Length > 0;
        }
    }

    public static Taken Status(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out EmrStatus value) =>
        Word(source, text, Words.Statuses, out value);

    public static Taken Change(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out OrderChange value) =>
        Word(source, text, Words.Changes, out value);

    public static Taken Sex(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out Sex value) =>
        Word(source, text, Words.SexCodes, out value);

    /// <summary>A yes anywhere wins; a date says yes to what happened on it.</summary>
    public static Taken Flag(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out bool value)
    {
        var taken = Word(source, text, Words.FlagCodes, out value);
        if (taken == Taken.Unknown && Hl7Timestamp.TryParse(text, out var time))
            (taken, value) = (time.IsAbsent ? Taken.Nothing : Taken.Value, true);
        return taken == Taken.Value && !value ? Taken.Weak : taken;
    }

    /// <summary>The mapping's table first, then the words that need none, then the table's <c>otherwise</c>.</summary>
    private static Taken Word<T>(CompiledSource source, string text, IReadOnlyDictionary<string, T> words, out T value)
    {
        var listed = default(string);
        value = default!;
        if (source.Table is { } table && table.TryGet(text, out listed))
            return listed is not null && words.TryGetValue(listed, out value!) ? Taken.Value : Taken.Nothing;
        if (words.TryGetValue(text, out value!))
            return Taken.Value;
        if (source.Table is not { HasOtherwise: true } other)
            return Taken.Unknown;
        return other.Otherwise is { } otherwise && words.TryGetValue(otherwise, out value!) ? Taken.Value : Taken.Nothing;
    }

    private static Taken Meaning(CompiledSource source, string text, out string value)
    {
        value = text;
        if (source.Table is not { } table)
            return Taken.Value;
        if (!table.TryGet(text, out var meaning))
        {
            if (!table.HasOtherwise)
                return Taken.Unknown;
            meaning = table.Otherwise;
        }

        value = meaning ?? "";
        return meaning is null ? Taken.Nothing : Taken.Value;
    }
}
