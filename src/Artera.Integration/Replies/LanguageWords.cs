using System.Collections.Frozen;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Artera.Integration.Replies;

/// <summary>
/// One file of <c>words/</c>: what patients write in one language, and what we write back by ourselves. Words are
/// compared without case, accents and punctuation. <c>any.yaml</c> is for signs and carriers' words.
/// </summary>
internal sealed record LanguageWords
{
    public const string Any = "any";

    public List<string> Confirm { get; init; } = [];

    public List<string> Cancel { get; init; } = [];

    public List<string> Reschedule { get; init; } = [];

    public List<string> Courtesy { get; init; } = [];

    public List<string> OptOut { get; init; } = [];

    public List<string> OptIn { get; init; } = [];

    public List<string> CancelKeyword { get; init; } = [];

    public List<string> OptInWhenOut { get; init; } = [];

    /// <summary>Chooses all of a numbered list.</summary>
    public List<string> Everyone { get; init; } = [];

    public string? WhoIsThis { get; init; }

    public string? OneWay { get; init; }

    /// <summary>The files built into the program, by language (primary subtag).</summary>
    public static FrozenDictionary<string, LanguageWords> BuiltIn()
    {
        var reader = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();
        var assembly = typeof(LanguageWords).Assembly;
        const string folder = "words/";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[folder.Length..], Read, StringComparer.OrdinalIgnoreCase);

        LanguageWords Read(string name)
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.Deserialize<LanguageWords>(text);
        }
    }
}
