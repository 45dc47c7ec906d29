using System.Globalization;
using System.Text.RegularExpressions;

namespace Artera.Integration.Tests.Web;

/// <summary>Contrast as WCAG 2.2 counts it, of the colours that a style sheet names.</summary>
internal static partial class Contrast
{
    public static double Of(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        if (light < dark)
            (light, dark) = (dark, light);
        return (light + 0.05) / (dark + 0.05);
    }

    /// <summary>What a rule of the style sheet says of a property; null: nothing, or no colour.</summary>
    public static string? Colour(string css, string selector, string property)
    {
        var rule = Regex.Match(css, $@"(?:^|\}})\s*{Regex.Escape(selector)}\s*\{{(?<body>[^}}]*)\}}", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["body"].Value;
        var said = rule.Split(';').Select(part => part.Split(':', 2)).Where(part => part.Length == 2 && part[0].Trim() == property).Select(part => part[1]).LastOrDefault();
        return said is null ? null : Hex().Match(said) is { Success: true } hex ? hex.Value : null;
    }

    private static double Luminance(string hex)
    {
        var digits = hex.Length == 4 ? string.Concat(hex[1..].Select(digit => $"{digit}{digit}")) : hex[1..];
        double Channel(int at)
        {
            var value = int.Parse(digits.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex("#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})", RegexOptions.None, 1000)]
    private static partial Regex Hex();
}
