using System.Text;

namespace Artera.Integration.Mapping.Values;

/// <summary>Telephone numbers as HL7 writes them (XTN, chapter 2A §2A.3).</summary>
internal static class Phones
{
    /// <summary>The digits of XTN.1 before its extension, with a leading + when it has one; null when there are none.</summary>
    public static string? FromText(ReadOnlySpan<char> text)
    {
        var number = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
                number.Append(character);
            else if (character == '+' && number.Length == 0)
                number.Append(character);
            else if ((char.IsLetter(character) || character == '#') && number.Length > 3)
                break;
        }

        return number.Length > 1 ? number.ToString() : null;
    }

    /// <summary>Country, area and local number (XTN.5, 6, 7), when the local number is there.</summary>
    public static string? FromParts(string? country, string? area, string? local)
    {
        var number = FromText(local);
        if (number is null || number[0] == '+' || number.Length >= 10)
            return number;
        var (code, national) = (Digits(country), Digits(area) + number);
        return code.Length > 0 && national.Length > number.Length ? $"+{code}{national}" : national;
    }

    /// <summary>True for what people type when a field demands a number: all one digit, a row of nines or zeros, or too few digits.</summary>
    public static bool IsPlaceholder(string number)
    {
        var digits = number.TrimStart('+');
        if (digits.Length < 7 || digits is "1234567890" or "11234567890" or "1234567")
            return true;
        var last = digits.AsSpan(digits.Length - 7);
        return !last.ContainsAnyExcept(last[0]) && (last[0] is '0' or '9' || !digits.AsSpan().ContainsAnyExcept(last[0]));
    }

    private static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));
}
