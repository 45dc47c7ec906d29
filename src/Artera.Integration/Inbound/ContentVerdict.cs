using System.Globalization;
using System.Text.RegularExpressions;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Inbound;

/// <summary>
/// What a message's content decides, on a feed whose settings say that its sender shall hear of it
/// (<see cref="ContentErrors"/>): the cause that the mapping gives, in the words of HL7 table 0357.
/// </summary>
internal static partial class ContentVerdict
{
    /// <summary>The mapping is pure and takes microseconds, so that it can be asked before the sender is answered.</summary>
    public static Verdict Of(Hl7Message message, Feed feed) =>
        feed.Options.ContentErrors != ContentErrors.Accept
        && feed.Mapper.Map(message, new MappingContext(feed.Zone)) is { Outcome: MappingOutcome.Held } held
            ? Of(held.Causes[0], feed.Options.ContentErrors)
            : default;

    public static Verdict Of(Cause cause, ContentErrors setting)
    {
        if (setting == ContentErrors.Accept)
            return default;
        var place = Place().Match(cause.Path ?? "");
        var problem = new Hl7Problem(
            Code(cause.Code),
            $"{cause.Path ?? cause.Field}: {Words(cause)}",
            place.Success ? place.Groups["segment"].Value : null,
            place.Success ? int.Parse(place.Groups["field"].ValueSpan, CultureInfo.InvariantCulture) : null);
        return new Verdict(problem, cause.Code)
        {
            Outcome = setting == ContentErrors.Error ? AckOutcome.Trouble : AckOutcome.Rejected,
            Path = cause.Path,
        };
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
        "unreadable" => $"cannot be read as {cause.Field}",
        "unknown-code" => $"the code has no meaning for {cause.Field}",
        "circular-merge" => "names the surviving patient itself",
        _ => cause.Code,
    };

    [GeneratedRegex(@"\b(?<segment>[A-Z][A-Z0-9]{2})(\(\d+\))?-(?<field>\d{1,3})", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Place();
}
