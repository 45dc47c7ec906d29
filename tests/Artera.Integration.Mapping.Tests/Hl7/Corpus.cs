namespace Artera.Integration.Mapping.Tests.Hl7;

/// <summary>Public sample messages, kept beside the repository; ARTERA_CORPUS names another place.</summary>
internal static class Corpus
{
    public static IReadOnlyList<string> Files(string folder)
    {
        var root = Root();
        if (root is null) Assert.Skip("the corpus of sample messages is not here; set ARTERA_CORPUS to have it read");
        return [.. Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".tsv").Order(StringComparer.Ordinal)];
    }

    public static string? Root()
    {
        if (Environment.GetEnvironmentVariable("ARTERA_CORPUS") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Artera.Integration.sln"))) continue;
            var beside = Path.Combine(folder.FullName, "..", "shared", "corpus");
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
