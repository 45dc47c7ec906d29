using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using NodaTime.Text;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>FHIR's dates and times: ISO 8601 to the year, month, day or time, with an offset where there is a time.</summary>
internal static partial class FhirTimes
{
    private static readonly OffsetDateTimePattern Exact = OffsetDateTimePattern.ExtendedIso;

    public static NodaTime.Instant? InstantOf(PrimitiveType? time) => time?.JsonValue switch
    {
        DateTimeOffset at => NodaTime.Instant.FromDateTimeOffset(at),
        { } text => InstantOf($"{text}"),
        null => null,
    };

    public static NodaTime.Instant? InstantOf(string text) => Exact.Parse(text) is { Success: true, Value: var at } ? at.ToInstant() : null;

    /// <summary>The same time as HL7 v2 writes it, so that one reader serves both; any other text as it is.</summary>
    public static string AsHl7(string text)
    {
        var parts = Form().Match(text);
        if (!parts.Success)
            return text;
        var offset = parts.Groups["zone"].Value is "Z" or "z" ? "+0000" : parts.Groups["zone"].Value.Replace(":", "", StringComparison.Ordinal);
        return $"{parts.Groups["year"]}{parts.Groups["month"]}{parts.Groups["day"]}{parts.Groups["hour"]}{parts.Groups["minute"]}{parts.Groups["second"]}{offset}";
    }

    /// <summary>The end of a period that gives a day is the end of that day, whatever the zone.</summary>
    public static bool IsOver(Period? period, NodaTime.Instant? asOf)
    {
        if (asOf is not { } now || period?.EndElement?.JsonValue is not { } end)
            return false;
        return InstantOf($"{end}") is { } at ? at < now : LocalDatePattern.Iso.Parse($"{end}") is { Success: true, Value: var day } && day.PlusDays(2).AtMidnight().InUtc().ToInstant() < now;
    }

    [GeneratedRegex(@"^(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d)(T(?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)(\.\d+)?)?(?<zone>[Zz]|[+-]\d\d:\d\d)?)?)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Form();
}
