using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Artera.Integration.Mapping.Values;

/// <summary>
/// What EMRs write for a language, as a BCP-47 tag: ISO 639-1, 639-2 in both forms (<c>zho</c>, <c>chi</c>), 639-3 for
/// languages that patients speak, English names, and tags themselves (<c>es-MX</c>, <c>es_MX</c>).
/// </summary>
internal static partial class Languages
{
    private static readonly FrozenDictionary<string, string> Known = Read();

    /// <summary>The tag, or null when the text is none that is known.</summary>
    public static string? Find(string text)
    {
        var plain = text.Trim();
        if (Known.TryGetValue(plain, out var tag))
            return tag;
        var region = plain.AsSpan().IndexOfAny('-', '_');
        if (region is 2 or 3 && Known.TryGetValue(plain[..region], out tag) && IsTag(plain.Replace('_', '-')))
            return tag + plain[region..].Replace('_', '-');
        return plain.IndexOfAny([' ', '(', ';', '/']) < 0 ? null : Find(plain.AsSpan());
    }

    /// <summary>True for codes by which ISO 639-2 says that no one language is meant.</summary>
    public static bool SaysNothing(string text) => text.Trim().ToUpperInvariant() is "UND" or "ZXX" or "MIS" or "MUL";

    /// <summary>True when the text has the form of a tag and its language is known.</summary>
    public static bool IsTag(string text) => TagForm().IsMatch(text) && Known.ContainsKey(text.Split('-')[0]);

    private static string? Find(ReadOnlySpan<char> plain)
    {
        var words = new StringBuilder(plain.Length);
        foreach (var range in plain.Split(' '))
        {
            if (!plain[range].IsEmpty)
                words.Append(words.Length > 0 ? " " : "").Append(plain[range]);
        }

        var name = words.ToString();
        var cut = name.IndexOfAny([';', '(', '/']);
        return Known.GetValueOrDefault(name) ?? (cut > 0 ? Known.GetValueOrDefault(name[..cut].TrimEnd()) : null);
    }

    private static FrozenDictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(Languages).Assembly.GetManifestResourceStream("languages.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')).ToList();
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var codes in lines.Select(line => line[0].Split(' ')))
        {
            foreach (var code in codes)
                known.Add(code, codes[0]);
        }

        foreach (var line in lines)
        {
            foreach (var name in line[1].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                known.TryAdd(name, known[line[0].Split(' ')[0]]);
        }

        return known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TagForm();
}
