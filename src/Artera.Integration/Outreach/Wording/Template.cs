using System.Text;

namespace Artera.Integration.Outreach.Wording;

/// <summary>A text with <c>{phrases}</c> in it, taken apart.</summary>
/// <param name="Parts">What is said as it stands, and the names of phrases.</param>
/// <param name="Problems">What its author must mend; empty when the text may be saved.</param>
internal sealed record Template(IReadOnlyList<Template.Part> Parts, IReadOnlyList<TextProblem> Problems)
{
    public static Template Parse(string text)
    {
        var parts = new List<Part>();
        var problems = new List<TextProblem>();
        for (var at = 0; at < text.Length;)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            if (brace < 0)
            {
                parts.Add(new(text[at..], IsPhrase: false));
                break;
            }

            if (brace > 0)
                parts.Add(new(text[at..(at + brace)], IsPhrase: false));
            at += brace;
            at = text[at] == '{' ? Phrase(text, at, parts, problems) : Stray(at, problems);
        }

        return new(parts, problems);
    }

    /// <summary>Says the text with the values of one occasion.</summary>
    /// <returns>The text, and the phrases that had no value.</returns>
    public (string Text, IReadOnlyList<string> Empty) Render(Func<string, string?> value)
    {
        var said = new StringBuilder();
        var empty = new List<string>();
        foreach (var part in Parts)
        {
            var words = part.IsPhrase ? value(part.Text) : part.Text;
            if (part.IsPhrase && string.IsNullOrWhiteSpace(words))
                empty.Add(part.Text);
            else if (empty.Count > 0 && said.Length > 0 && said[^1] == ' ' && words is [' ', ..])
                said.Append(words.AsSpan(1));
            else
                (After(empty, said, words) ? said.Remove(said.Length - 1, 1) : said).Append(words);
        }

        return (said.ToString().Trim(), empty);
    }

    /// <summary>The mark after an empty phrase goes to the word before it: "Hello {name}," is "Hello,".</summary>
    private static bool After(List<string> empty, StringBuilder said, string? words) =>
        empty.Count > 0 && said is [.., ' '] && words is [',' or '.' or '!' or '?' or ';' or ':', ..];

    private static int Phrase(string text, int at, List<Part> parts, List<TextProblem> problems)
    {
        var end = text.AsSpan(at + 1).IndexOfAny('{', '}');
        if (end < 0 || text[at + 1 + end] == '{')
        {
            problems.Add(new(at + 1, "'{' without '}'"));
            return at + 1;
        }

        var name = text.Substring(at + 1, end);
        if (SmartPhrases.Known.Contains(name))
            parts.Add(new(name, IsPhrase: true));
        else
            problems.Add(new(at + 1, SmartPhrases.Unknown(name)));
        return at + end + 2;
    }

    private static int Stray(int at, List<TextProblem> problems)
    {
        problems.Add(new(at + 1, "'}' without '{'"));
        return at + 1;
    }

    internal readonly record struct Part(string Text, bool IsPhrase);
}

/// <summary>Something in a text that its author must mend.</summary>
/// <param name="Position">The character, counted from 1.</param>
public sealed record TextProblem(int Position, string Message)
{
    public override string ToString() => $"at {Position}: {Message}";
}
