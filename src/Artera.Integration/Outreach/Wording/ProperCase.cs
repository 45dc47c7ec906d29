using System.Globalization;
using System.Text;

namespace Artera.Integration.Outreach.Wording;

/// <summary>
/// A name as its bearer would write it, from an EMR that shouts or whispers: <c>MARY-JANE</c>, <c>O'NEIL</c>,
/// <c>MCDONALD</c>, <c>DE LA CRUZ</c>. A name in mixed case is left alone: somebody meant it.
/// </summary>
internal static class ProperCase
{
    private static readonly string[] Particles =
        ["de", "del", "della", "di", "da", "das", "dos", "la", "las", "los", "y", "von", "van", "der", "den", "ten", "ter", "bin", "ibn"];

    private static readonly string[] Numerals = ["II", "III", "IV"];

    public static string Of(string name, CultureInfo culture)
    {
        var text = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Any(char.IsLower) && text.Any(char.IsUpper))
            return text;

        var words = text.Split(' ');
        for (var at = 0; at < words.Length; at++)
            words[at] = Word(words[at], isFirst: at == 0, isLast: at == words.Length - 1, culture);
        return string.Join(' ', words);
    }

    private static string Word(string word, bool isFirst, bool isLast, CultureInfo culture)
    {
        if (!isFirst && Numerals.Contains(word, StringComparer.OrdinalIgnoreCase))
            return word.ToUpperInvariant();
        if (!isFirst && !isLast && Particles.Contains(word, StringComparer.OrdinalIgnoreCase))
            return word.ToLower(culture);

        var cased = new StringBuilder(word.Length);
        var part = new StringBuilder();
        foreach (var letter in word)
        {
            if (char.IsLetter(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
            {
                part.Append(letter);
                continue;
            }

            cased.Append(Part(part.ToString(), cased, culture)).Append(letter);
            part.Clear();
        }

        return cased.Append(Part(part.ToString(), cased, culture)).ToString();
    }

    /// <summary>A stretch of letters between blanks, hyphens, full stops and apostrophes.</summary>
    private static string Part(string part, StringBuilder before, CultureInfo culture)
    {
        if (part.Length == 0)
            return part;

        var lower = EndInSigma(part.ToLower(culture));
        var followsApostrophe = before.Length > 0 && before[^1] is '\'' or '’' or 'ʼ' or 'ʻ';
        if (followsApostrophe && part.Length == 1)
            return lower;
        if (lower.StartsWith("mc", StringComparison.Ordinal) && lower.Length > 3)
            return "Mc" + Capital(lower[2..], culture);
        return Capital(lower, culture);
    }

    private static string Capital(string lower, CultureInfo culture) => lower[..1].ToUpper(culture) + lower[1..];

    private static string EndInSigma(string lower) => lower is [.., _, 'σ'] ? lower[..^1] + 'ς' : lower;
}
