using System.Globalization;
using NodaTime;

namespace Artera.Integration.Web.Parts;

/// <summary>How pages write times and names.</summary>
internal static class Shown
{
    public static string At(Instant instant, DateTimeZone zone) =>
        instant.InZone(zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    public static string At(Instant instant) => At(instant, DateTimeZone.Utc) + " UTC";

    public static string Name(string? given, string? family, string otherwise) =>
        $"{given} {family}".Trim() is { Length: > 0 } name ? name : otherwise;

    /// <summary><c>RescheduleRequested</c> as people write it.</summary>
    public static string Words(Enum value)
    {
        var text = value.ToString();
        var words = string.Concat(text.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        return words;
    }
}
