using System.Globalization;
using System.Text.RegularExpressions;

namespace Artera.Integration.Outreach;

/// <summary>A trigger's time as people write it: <c>7 days before start at 10:00 on business days</c>.</summary>
internal static partial class TimingWords
{
    private static readonly (string Words, Anchor Anchor)[] Anchors =
    [
        ("booked", Anchor.Booked),
        ("patient status change", Anchor.PatientStatusChanged),
        ("change", Anchor.Changed),
        ("cancelled", Anchor.Cancelled),
        ("system status change", Anchor.SystemStatusChanged),
        ("start", Anchor.Start),
        ("created", Anchor.Created),
        ("due", Anchor.Due),
        ("scheduling status change", Anchor.SchedulingStatusChanged),
        ("authorization status change", Anchor.AuthorizationStatusChanged),
        ("received", Anchor.Received),
    ];

    /// <exception cref="FormatException">The words mean no time; the message shows what does.</exception>
    public static Timing Read(string words)
    {
        var match = Grammar().Match(words);
        var anchor = Array.Find(Anchors, pair => string.Equals(pair.Words, match.Groups["anchor"].Value, StringComparison.OrdinalIgnoreCase));
        if (!match.Success || anchor.Words is null)
            throw new FormatException($"'{words}' is no time, such as '7 days before start at 10:00' or '0 minutes after booked'");

        var before = match.Groups["side"].Value.Equals("before", StringComparison.OrdinalIgnoreCase);
        if (before && anchor.Anchor is not (Anchor.Start or Anchor.Due))
            throw new FormatException($"'{words}': nothing is known before it is {anchor.Words}");

        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        var at = match.Groups["at"].Success ? match.Groups["at"].Value : null;
        var timing = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "MINUTE" => new Timing { Anchor = anchor.Anchor, Minutes = count },
            "HOUR" => new Timing { Anchor = anchor.Anchor, Hours = count },
            "DAY" => new Timing { Anchor = anchor.Anchor, Days = count, At = at },
            _ => new Timing { Anchor = anchor.Anchor, Months = count, At = at },
        };
        if (at != timing.At)
            throw new FormatException($"'{words}': a clock time goes with days or months");
        return timing with { Before = before, BusinessDays = match.Groups["business"].Success };
    }

    public static string Write(Timing timing)
    {
        var (count, unit) = timing switch
        {
            { Months: not 0 } => (timing.Months, "month"),
            { Days: not 0 } => (timing.Days, "day"),
            { Hours: not 0 } => (timing.Hours, "hour"),
            { At: not null } => (0, "day"),
            _ => (timing.Minutes, "minute"),
        };
        var many = count == 1 ? "" : "s";
        var side = timing.Before ? "before" : "after";
        var at = timing.At is { } clock ? $" at {clock}" : "";
        var anchor = Array.Find(Anchors, pair => pair.Anchor == timing.Anchor).Words;
        return $"{count} {unit}{many} {side} {anchor}{at}{(timing.BusinessDays ? " on business days" : "")}";
    }

    [GeneratedRegex(
        @"^\s*(?<count>\d{1,4}) (?<unit>minute|hour|day|month)s? (?<side>before|after) (?<anchor>[a-z ]+?)( at (?<at>([01]\d|2[0-3]):[0-5]\d))?(?<business> on business days)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Grammar();
}
