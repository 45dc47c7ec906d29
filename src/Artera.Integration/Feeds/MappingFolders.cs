namespace Artera.Integration.Feeds;

/// <summary>Where a mapping is looked for: the content root, the working directory, beside the executable.</summary>
public sealed class MappingFolders(string contentRoot)
{
    private readonly string[] roots = [contentRoot, Directory.GetCurrentDirectory(), AppContext.BaseDirectory];

    /// <summary>The first place that has it; the path itself when none has.</summary>
    public string Find(string path) =>
        roots.Select(root => Path.Combine(root, path)).FirstOrDefault(full => File.Exists(full) || Directory.Exists(full)) ?? path;
}
