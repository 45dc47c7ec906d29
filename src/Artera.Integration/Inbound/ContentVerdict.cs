using System.Globalization;
using System.Text.RegularExpressions;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Inbound;

/// <summary>
/// What a message's content decides, on a feed whose settings say that its sender shall hear of it
/// (<see cref="ContentErrors"/>): the causes that the mapping gives, in the words of HL7 table 0357.
/// </summary>
internal static partial class ContentVerdict
{
    // A message that is wrong throughout is told so without an acknowledgement as long as itself.
    private const int MostReported = 20;

    /// <summary>The mapping is pure and takes microseconds, so that it can be asked before the sender is answered.</summary>
    public static Verdict Of(Hl7Message message, Feed feed) =>
        feed.Options.ContentErrors != ContentErrors.Accept
        && feed.Mapper.Map(message, new MappingContext(feed.Zone)) is { Outcome: MappingOutcome.Held } held
            ? Of(held.Wrong, feed.Options.ContentErrors)
            : default;

    /// <param name="causes">Why the message is held.</param>
    /// <param name="setting">The feed's.</param>
    public static Verdict Of(IReadOnlyList<Cause> causes, ContentErrors setting)
    {
        if (setting == ContentErrors.Accept || causes.Count == 0)
            return default;
        var problems = causes.Select(Problem).Distinct().Take(MostReported).ToList();
        return new Verdict(problems[0], causes[0].Code)
        {
            Problems = problems,
            Outcome = setting == ContentErrors.Error ? AckOutcome.Trouble : AckOutcome.Rejected,
            Path = causes[0].Path,
            Value = causes[0].Value,
            Table = causes[0].Table,
        };
    }

    private static Hl7Problem Problem(Cause cause)
    {
        var place = Place().Match(cause.Path ?? "");
        return new Hl7Problem(
            Code(cause.Code),
            $"{cause.Path ?? cause.Field}: {Words(cause)}",
            place.Success ? place.Groups["segment"].Value : null,
            place.Success ? int.Parse(place.Groups["field"].ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    private static int Code(string cause) => cause switch
    {
        "missing" => 101,
        "unreadable" => 102,
        "unknown-code" => 103,
        "circular-merge" => 205,
        _ => 207,
    };

    // Never the value itself: an acknowledgement is read by people who have no business with the patient.
    private static string Words(Cause cause) => cause.Code switch
    {
        "missing" => $"required for {cause.Field}",
        "too-long" => "longer than can be kept",
        "unreadable" => $"cannot be read as {cause.Field}",
        "unknown-code" => $"the code has no meaning for {cause.Field}",
        "circular-merge" => "names the surviving patient itself",
        _ => cause.Code,
    };

    [GeneratedRegex(@"\b(?<segment>[A-Z][A-Z0-9]{2})(\(\d+\))?-(?<field>\d{1,3})", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Place();
}
