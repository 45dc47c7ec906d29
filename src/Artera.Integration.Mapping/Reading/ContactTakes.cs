using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Mapping.Values;

namespace Artera.Integration.Mapping.Reading;

/// <summary>How telephone numbers, e-mail addresses and languages are taken, in the shapes that feeds give them.</summary>
internal static class ContactTakes
{
    /// <summary>
    /// XTN: the number of component 12, else 5, 6 and 7, else 1; without its extension. A repetition that is an e-mail
    /// address, a fax or a pager is none, and neither is a number that was typed to fill the field.
    /// </summary>
    public static Taken Phone(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out string value)
    {
        value = "";
        if (source.Expression is not null)
            return Number(reader, Phones.FromText(text), out value);
        if (source.Path is not { Component: 0 })
            return Number(reader, Phones.FromText(text) is null ? null : text, out value);
        if (IsNoPhone(repetition))
            return Taken.Nothing;
        var number = Phones.FromText(repetition.Component(12).Text)
            ?? Phones.FromParts(repetition.Component(5).Text, repetition.Component(6).Text, repetition.Component(7).Text)
            ?? Phones.FromText(text);
        if (number is null)
            return repetition.Component(1).IsNull || repetition.Component(7).IsNull || repetition.Component(12).IsNull ? Taken.Erased : Taken.Nothing;
        if (reader.Trace is { } trace && repetition.Component(8).Text.Trim() is { Length: > 0 } extension)
            trace.Note = $"without extension {extension}";
        return Number(reader, number, out value);
    }

    /// <summary>XTN: the address of component 4, also beside a number, else of component 1.</summary>
    public static Taken Email(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out string value)
    {
        value = source.Path is { Component: 0 } && Emails.Find(repetition.Component(4).Text) is { } fourth ? fourth : Emails.Find(text) ?? "";
        if (value.Length > 0)
            return Taken.Value;
        if (repetition.Component(4).IsNull || (source.Path is { Component: 0 } && repetition.IsNull))
            return Taken.Erased;
        if (reader.Trace is { } trace && (repetition.Component(4).HasValue || source.Path is { Component: > 0 }) && text.Length > 0)
            trace.Note = "no e-mail address";
        return Taken.Nothing;
    }

    /// <summary>The first of components 1, 2, 4 and 5, or the one that the path names, that is known.</summary>
    public static Taken Language(FieldReader reader, CompiledSource source, in Hl7Value repetition, string text, out string value)
    {
        var taken = Language(source, text, out value);
        if (source.Expression is not null && taken == Taken.Unknown && source.Table is { HasOtherwise: true })
            return Otherwise(source.Table, out value);
        if (taken == Taken.Value || source.Path is not { Component: 0 })
            return taken;
        foreach (var component in (ReadOnlySpan<int>)[2, 4, 5])
        {
            var other = repetition.Component(component).Text.Trim();
            if (other.Length > 0 && Language(source, other, out value) is var found and (Taken.Value or Taken.Nothing))
                return found;
        }

        if (taken == Taken.Nothing)
            return repetition.IsNull ? Taken.Erased : Taken.Nothing;
        return source.Table is { HasOtherwise: true } table ? Otherwise(table, out value) : taken;
    }

    private static Taken Otherwise(CodeTable table, out string value)
    {
        value = table.Otherwise ?? "";
        return table.Otherwise is null ? Taken.Nothing : Taken.Weak;
    }

    private static Taken Language(CompiledSource source, string text, out string value)
    {
        value = "";
        if (text.Length == 0 || Languages.SaysNothing(text))
            return Taken.Nothing;
        if (source.Table is { } table && table.TryGet(text, out var meaning))
        {
            value = meaning ?? "";
            return meaning is null ? Taken.Nothing : Taken.Value;
        }

        if (Languages.Find(text) is not { } tag)
            return Taken.Unknown;
        value = tag;
        return Taken.Value;
    }

    private static Taken Number(FieldReader reader, string? number, out string value)
    {
        value = number ?? "";
        if (number is null)
            return Taken.Nothing;
        if (!Phones.IsPlaceholder(number))
            return Taken.Value;
        if (reader.Trace is { } trace)
            trace.Note = "a number that stands for none is refused";
        return Taken.Nothing;
    }

    private static bool IsNoPhone(in Hl7Value repetition) =>
        repetition.Component(2).Text.Trim().ToUpperInvariant() is "NET" || repetition.Component(3).Text.Trim().ToUpperInvariant() is "INTERNET" or "X.400" or "FX" or "BP" or "MD" or "TDD" or "TTY";
}
