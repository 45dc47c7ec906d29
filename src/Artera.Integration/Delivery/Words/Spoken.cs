using System.Collections.Frozen;
using System.Globalization;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Artera.Integration.Delivery.Words;

/// <summary>What we say by ourselves around a message, in one language: at the end of an e-mail, in a call, on the pages behind links.</summary>
internal sealed record Spoken
{
    private const string Base = "en";
    private const string Folder = "spoken/";
    private static readonly FrozenDictionary<string, Spoken> Languages = Read();

    public string Language { get; private set; } = Base;

    public required EmailWords Email { get; init; }

    public required CallWords Call { get; init; }

    public required PageWords Page { get; init; }

    public bool IsRightToLeft => CultureInfo.GetCultureInfo(Language).TextInfo.IsRightToLeft;

    public static IEnumerable<string> Known => Languages.Keys;

    /// <summary>The words of a language, by its first subtag; English where there are none.</summary>
    public static Spoken In(string? language) => Languages.GetValueOrDefault((language ?? Base).Split('-', '_')[0]) ?? Languages[Base];

    private static FrozenDictionary<string, Spoken> Read()
    {
        var reader = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();
        var assembly = typeof(Spoken).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Folder.Length..], One, StringComparer.OrdinalIgnoreCase);

        Spoken One(string name)
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var words = reader.Deserialize<Spoken>(text);
            words.Language = name[Folder.Length..];
            return words;
        }
    }
}

internal sealed record EmailWords
{
    public required string Unsubscribe { get; init; }

    public required string Ask { get; init; }

    public required string Done { get; init; }
}

internal sealed record CallWords
{
    /// <summary>What the keys 1, 5 and 9 do.</summary>
    public required string Keys { get; init; }

    public required string Confirmed { get; init; }

    public required string Cancelled { get; init; }

    /// <summary>Nothing can be answered any more.</summary>
    public required string Over { get; init; }

    public required string Goodbye { get; init; }

    /// <summary>What the key 8 does.</summary>
    public required string OptOut { get; init; }

    public required string OptedOut { get; init; }

    /// <summary>For whoever cannot press a key, with <c>{0}</c> for the number.</summary>
    public required string OptOutNumber { get; init; }
}

/// <summary>The page behind <c>{eventConfirmLink}</c>.</summary>
internal sealed record PageWords
{
    public required string Title { get; init; }

    public required string Ask { get; init; }

    public required string AskSeveral { get; init; }

    public required string Confirm { get; init; }

    public required string Cancel { get; init; }

    public required string Reschedule { get; init; }

    public required string Confirmed { get; init; }

    public required string Cancelled { get; init; }

    public required string RescheduleRequested { get; init; }

    public required string ChangeMind { get; init; }

    public required string Moved { get; init; }

    public required string NotAny { get; init; }

    public required string Expired { get; init; }

    public required string Invalid { get; init; }

    /// <summary>With <c>{0}</c> for the practice's number.</summary>
    public required string Call { get; init; }
}
