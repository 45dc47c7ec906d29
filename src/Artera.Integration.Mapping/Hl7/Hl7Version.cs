using System.Globalization;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>MSH-12.1 as a number to compare: 2.3.1 is 231. A version that is no number counts as the newest.</summary>
internal static class Hl7Version
{
    public const string Assumed = "2.5.1";

    public static int Of(string version)
    {
        var parts = version.Split('.');
        return parts.Length > 1 && Digit(parts[0]) is { } major && Digit(parts[1]) is { } minor
            ? (major * 100) + (minor * 10) + (parts.Length > 2 ? Digit(parts[2]) ?? 0 : 0)
            : 999;
    }

    private static int? Digit(string part) =>
        part.Length == 1 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var digit) ? digit : null;
}
