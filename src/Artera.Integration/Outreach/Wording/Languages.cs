using System.Globalization;

namespace Artera.Integration.Outreach.Wording;

/// <summary>Which of the languages a text has is the one for a patient.</summary>
internal static class Languages
{
    /// <summary><c>es-MX</c>, then <c>es</c>, then another <c>es-…</c>, then the base language.</summary>
    /// <param name="has">The languages that the text is written in.</param>
    /// <param name="wanted">The patient's language, BCP-47; null when unknown.</param>
    /// <returns>One of <paramref name="has"/>; null when not even the base language is there.</returns>
    public static string? Choose(IReadOnlyCollection<string> has, string? wanted, string baseLanguage) =>
        Closest(has, wanted) ?? Closest(has, baseLanguage);

    public static bool IsRightToLeft(string language) => Culture(language).TextInfo.IsRightToLeft;

    /// <summary>The culture whose words are used; the invariant one when the tag is unknown.</summary>
    public static CultureInfo Culture(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    private static string? Closest(IReadOnlyCollection<string> has, string? wanted)
    {
        for (var tag = wanted; tag is { Length: > 0 }; tag = Parent(tag))
        {
            if (has.FirstOrDefault(language => string.Equals(language, tag, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;
        }

        return wanted is { Length: > 0 }
            ? has.FirstOrDefault(language => string.Equals(Root(language), Root(wanted), StringComparison.OrdinalIgnoreCase))
            : null;
    }

    private static string? Parent(string tag)
    {
        var dash = tag.LastIndexOfAny(['-', '_']);
        return dash > 0 ? tag[..dash] : null;
    }

    private static string Root(string tag) => tag.Split('-', '_')[0];
}
