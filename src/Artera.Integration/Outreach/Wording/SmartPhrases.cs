using System.Collections.Frozen;

namespace Artera.Integration.Outreach.Wording;

/// <summary>The merge fields that a trigger's text may use.</summary>
internal static class SmartPhrases
{
    private const string LinkPhrase = "eventConfirmLink";

    private static readonly FrozenDictionary<string, Func<Occasion, string?>> Values =
        new Dictionary<string, Func<Occasion, string?>>(StringComparer.Ordinal)
        {
            ["clientFirstName"] = occasion => occasion.Foreign(occasion.Patient?.Given),
            ["clientFirstNameProperCase"] = occasion => occasion.Name(occasion.Patient?.Given),
            ["clientLastName"] = occasion => occasion.Foreign(occasion.Patient?.Family),
            ["clientPreferredName"] = occasion => occasion.Name(occasion.Patient?.Preferred ?? occasion.Patient?.Given),
            ["practiceName"] = occasion => occasion.Foreign(occasion.Practice.Name),
            ["enterpriseName"] = occasion => occasion.Foreign(occasion.HealthSystem.Name),
            ["lineName"] = occasion => occasion.Foreign(occasion.Line.Name),
            ["wellPhone"] = occasion => occasion.Phone(occasion.Line.Number),
            ["eventName"] = occasion => occasion.Translated(occasion.EventType?.Name),
            ["eventList"] = occasion => occasion.List,
            ["eventInstructions"] = occasion => occasion.Translated(occasion.EventType?.Instructions),
            ["eventDate"] = occasion => occasion.Day is { } day ? occasion.Words.Date(day, occasion.Today) : null,
            ["eventTime"] = occasion => occasion.Start is { } start ? occasion.Words.Time(start.TimeOfDay) : null,
            ["eventDateAtTime"] = occasion => occasion.Start is { } start ? occasion.Words.DateAtTime(start, occasion.Today) : null,
            ["eventDateAtTimeShort"] = occasion => occasion.Start is { } start ? occasion.Words.DateAtTimeShort(start) : null,
            ["eventProviderName"] = occasion => occasion.Foreign(occasion.Provider?.Name ?? occasion.ProviderText),
            ["eventLocationName"] = occasion => occasion.Foreign(occasion.Location?.Name ?? occasion.LocationText),
            ["eventLocationAddress"] = occasion => occasion.Foreign(occasion.Location?.Address),
            ["eventLocationPhone"] = occasion => occasion.Phone(occasion.Location?.Phone),
            ["recallName"] = occasion => occasion.Order?.Module == TriggerModule.Recall ? occasion.Translated(occasion.EventType?.Name) : null,
            ["recallDueDate"] = occasion => occasion.Order?.DueOn is { } due ? occasion.Words.Date(due, occasion.Today) : null,
            ["referralName"] = occasion => occasion.Order?.Module == TriggerModule.Referral ? occasion.Translated(occasion.EventType?.Name) : null,
            ["referralProviderName"] = occasion => occasion.Order is null ? null : occasion.Foreign(occasion.Provider?.Name ?? occasion.ProviderText),
            // Nobody's: what the server sends by itself has no person behind it.
            ["userFirstName"] = _ => null,
            ["userLastName"] = _ => null,
            [LinkPhrase] = occasion => occasion.ConfirmLink,
            ["eventConfirmText"] = occasion => occasion.ConfirmText,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a message about several visits has to say.</summary>
    public const string List = "{eventList}";

    private static readonly string[] Times = ["{eventTime}", "{eventDateAtTime}", "{eventDateAtTimeShort}"];

    public static FrozenSet<string> Known { get; } = Values.Keys.ToFrozenSet(StringComparer.Ordinal);

    public static string? Value(string phrase, Occasion occasion) => Values.GetValueOrDefault(phrase)?.Invoke(occasion);

    public static bool NeedLink(string text) => text.Contains($"{{{LinkPhrase}}}", StringComparison.Ordinal);

    public static bool SayTime(string text) => Array.Exists(Times, time => text.Contains(time, StringComparison.Ordinal));

    /// <summary>A phrase that has a value only where a visit, a recall or a referral is spoken of.</summary>
    public static bool AreOfAVisit(string phrase) => phrase.StartsWith("event", StringComparison.Ordinal) || phrase.StartsWith("recall", StringComparison.Ordinal) || phrase.StartsWith("referral", StringComparison.Ordinal);

    /// <summary>What the author of an unknown phrase reads.</summary>
    public static string Unknown(string name)
    {
        var available = string.Join(' ', Known.Order(StringComparer.Ordinal).Select(phrase => $"{{{phrase}}}"));
        var meant = Known.FirstOrDefault(phrase => string.Equals(phrase, name.Trim(), StringComparison.OrdinalIgnoreCase));
        return meant is null
            ? $"unknown phrase {{{name}}}; there are {available}"
            : $"unknown phrase {{{name}}}; did you mean {{{meant}}}?";
    }
}
