using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>What one value of a message turned out to be.</summary>
internal enum Taken
{
    /// <summary>The value.</summary>
    Value,

    /// <summary>A value that gives way to a later source which has a stronger one.</summary>
    Weak,

    /// <summary>Nothing is stated here.</summary>
    Nothing,

    /// <summary>The HL7 null.</summary>
    Erased,

    /// <summary>A code that has no meaning yet.</summary>
    Unknown,

    /// <summary>Not of the field's type.</summary>
    Unreadable,
}

/// <summary>Takes a field's value from a repetition; <paramref name="text"/> is what the path's component says, trimmed.</summary>
internal delegate Taken Take<T>(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out T value)
    where T : notnull;

/// <summary>Reads fields of one group of a message, and collects what cannot be read.</summary>
internal sealed class FieldReader(Hl7Range range, MessageClock clock, List<Cause> causes, Trace? trace)
{
    private const int LongestCode = 80;

    public Hl7Range Range => range;

    /// <summary>What is read of a FHIR resource; then <see cref="Range"/> is empty.</summary>
    public FhirSubject? Subject { get; init; }

    /// <summary>The EMR's words for the code that is being taken, when a FHIR resource has them beside it.</summary>
    public string? Name { get; private set; }

    public MessageClock Clock => clock;

    /// <summary>The dry run's notes, else null.</summary>
    public Trace? Trace => trace;

    /// <summary>True while values that cannot be read are left out, and do not hold the message.</summary>
    public bool Lenient { get; set; }

    /// <summary>True while resources that the message takes away are not read.</summary>
    public bool StandingOnly { get; set; }

    /// <summary>True when the message must be held.</summary>
    public bool Held { get; private set; }

    /// <summary>The first source that has a value.</summary>
    public Stated<T> First<T>(CompiledRule? rule, Take<T> take)
        where T : notnull
    {
        if (rule is null)
            return default;
        var sought = new Sought<T>();
        foreach (var source in rule.Sources)
        {
            if (source.Constant is not null)
            {
                if (Offer(ref sought, rule, source, default, take))
                    return sought.Answer;
                continue;
            }

            if (source.Expression is not null)
            {
                if (OfferAll(ref sought, rule, source, take))
                    return sought.Answer;
                continue;
            }

            foreach (var repetition in range.All(StandingOnly ? source.Standing! : source.Repetitions!))
            {
                if (Offer(ref sought, rule, source, repetition, take))
                    return sought.Answer;
            }
        }

        return Best(sought, rule);
    }

    /// <summary>The text at a path, trimmed.</summary>
    public string TextAt(Hl7Path path) => range.Get(path).Text.Trim();

    /// <summary>The value of a field that the event cannot do without.</summary>
    public string Required(CompiledRule? rule, MappingField field)
    {
        var found = First<string>(rule, Takes.Text);
        if (found.HasValue)
            return found.Value;
        if (causes.TrueForAll(cause => cause.Field != field.Name))
            Hold(new("missing", field.Name, rule?.Written));
        return "";
    }

    /// <summary>Holds the message, unless such causes only leave a value out.</summary>
    public void Hold(Cause cause)
    {
        if (!causes.Contains(cause))
            causes.Add(cause);
        Held |= !Lenient;
    }

    private bool Offer<T>(ref Sought<T> sought, CompiledRule rule, CompiledSource source, in Hl7Value repetition, Take<T> take)
        where T : notnull
    {
        var part = source.Path is { } path ? path.Within(repetition) : default;
        var text = source.Constant ?? part.Text.Trim();
        var whole = source.Path is { Component: 0 } && rule.Field.Kind is ValueKind.Phone or ValueKind.Email or ValueKind.Language;
        T value;
        var taken = text.Length > 0 || whole
            ? take(this, source, repetition, text, out value)
            : Empty<T>(part, out value);
        return Settle(ref sought, rule, source, taken, value, text, whole ? repetition.Whole : text);
    }

    private bool OfferAll<T>(ref Sought<T> sought, CompiledRule rule, CompiledSource source, Take<T> take)
        where T : notnull
    {
        foreach (var found in Subject!.Values(rule.Field, source))
        {
            T value = default!;
            Name = found.Name;
            var taken = found.IsUnreadable ? Taken.Unreadable : take(this, source, default, found.Text, out value);
            if (Settle(ref sought, rule, source, taken, value, found.Text, found.Shown ?? found.Text))
                return true;
        }

        return false;
    }

    /// <returns>True when the search is over.</returns>
    private bool Settle<T>(ref Sought<T> sought, CompiledRule rule, CompiledSource source, Taken taken, T value, string text, string shown)
        where T : notnull
    {
        switch (taken)
        {
            case Taken.Value:
                sought.Answer = value;
                trace?.Add(rule.Field, Mapping.Reading.Shown.Of(value, clock), source, shown);
                return true;
            case Taken.Unreadable:
                Fail(rule, source, text, new("unreadable", rule.Field.Name, source.Written));
                return true;
            case Taken.Unknown when rule.Field.Kind != ValueKind.Language:
                Fail(rule, source, text, Unknown(rule, source, text));
                return true;
            default:
                sought.Remember(taken, value, source, text);
                return false;
        }
    }

    private static Taken Empty<T>(in Hl7Value part, out T value)
        where T : notnull
    {
        value = default!;
        return part.IsNull ? Taken.Erased : Taken.Nothing;
    }

    private Stated<T> Best<T>(Sought<T> sought, CompiledRule rule)
        where T : notnull
    {
        if (sought.Weak is { } weak)
        {
            trace?.Add(rule.Field, Shown.Of(weak.Value, clock), weak.Source, weak.Text);
            return weak.Value;
        }

        if (sought.Unknown is { } unknown)
            Fail(rule, unknown.Source, unknown.Text, Unknown(rule, unknown.Source, unknown.Text));
        else
            trace?.Add(rule.Field, sought.Erased is null ? null : "\"\"", sought.Erased, null);
        return sought.Erased is null || sought.Unknown is not null ? default : Stated<T>.Erased;
    }

    private static Cause Unknown(CompiledRule rule, CompiledSource source, string text) =>
        new("unknown-code", rule.Field.Name, source.Written, source.Table is null ? null : text[..Math.Min(text.Length, LongestCode)], source.Table?.Name);

    private void Fail(CompiledRule rule, CompiledSource source, string text, Cause cause)
    {
        if (trace is not null)
        {
            trace.Note = cause.Code == "unreadable" ? "cannot be read" : cause.Table is null ? "has no meaning" : $"not in table {cause.Table}";
            trace.Add(rule.Field, null, source, text);
        }

        Hold(cause);
    }
}
