using System.Globalization;

namespace Artera.Integration.Mapping.Values;

/// <summary>How long, in the units that schedules use.</summary>
internal static class Durations
{
    /// <summary>Minutes from a number and the unit beside it, or from a TQ duration such as <c>M30</c> (chapter 4 §4.3.3).</summary>
    /// <returns>False when the text is no number, or no duration of a visit.</returns>
    public static bool TryRead(string text, string? unit, out int minutes)
    {
        minutes = 0;
        var number = text.AsSpan().Trim();
        if (number.Length > 1 && char.IsAsciiLetter(number[0]))
        {
            unit = number[0] is 'M' or 'm' ? "MIN" : number[..1].ToString();
            number = number[1..];
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || Factor(unit) is not { } factor || count > 1_000_000)
            return false;
        minutes = (int)decimal.Round(count * factor, MidpointRounding.AwayFromZero);
        return true;
    }

    /// <summary>True when the unit is one of those that are understood.</summary>
    public static bool IsUnit(string? unit) => Factor(unit) is not null;

    private static decimal? Factor(string? unit) => unit?.Trim().TrimEnd('.').ToUpperInvariant() switch
    {
        null or "" or "M" or "MI" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => 1m,
        "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => 1m / 60,
        "H" or "HR" or "HRS" or "HOUR" or "HOURS" => 60m,
        "D" or "DAY" or "DAYS" => 1440m,
        _ => null,
    };
}
