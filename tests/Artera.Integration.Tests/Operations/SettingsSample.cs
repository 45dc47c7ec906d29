using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Artera.Integration.Tests.Operations;

/// <summary><c>appsettings.sample.json</c> as it is, and with its commented-out settings uncommented.</summary>
internal sealed partial class SettingsSample
{
    public static readonly string File = Find();

    public string[] Lines { get; } = System.IO.File.ReadAllLines(File);

    public static IConfiguration Values => new ConfigurationBuilder().AddJsonFile(File).Build();

    /// <summary>The path of every key; an entry of a list is <c>[]</c>.</summary>
    public List<string> Keys()
    {
        using var whole = JsonDocument.Parse(
            string.Join('\n', Lines.Select(line => Optional().Replace(line, ""))),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var keys = new List<string>();
        Collect(whole.RootElement, "", keys);
        return keys;
    }

    private static void Collect(JsonElement element, string path, List<string> keys)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                Collect(property.Value, path.Length == 0 ? property.Name : $"{path}:{property.Name}", keys);
        }
        else if (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.Object))
        {
            foreach (var entry in element.EnumerateArray())
                Collect(entry, $"{path}[]", keys);
        }
        else
        {
            keys.Add(path);
        }
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "appsettings.sample.json")))
            folder = folder.Parent ?? throw new FileNotFoundException("appsettings.sample.json is in no folder above the tests");
        return Path.Combine(folder.FullName, "appsettings.sample.json");
    }

    [GeneratedRegex(@"^(?<indent>\s*)//: ?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Optional();
}
