using System.Globalization;
using System.Text;
using Artera.Integration.Feeds;
using NodaTime;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>A folder that an EMR puts files into: which of them are complete, and where they go.</summary>
internal sealed class ExtractFolder(ExtractOptions options)
{
    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".filepart"];

    private readonly Dictionary<string, (long Length, DateTime Written, Instant Since)> seen = new(StringComparer.Ordinal);

    public ExtractOptions Options => options;

    private string Working => Path.Combine(options.Folder, ".taken");

    /// <summary>The files that nobody writes to any more, by their names.</summary>
    public List<string> Complete(Instant now)
    {
        var files = new DirectoryInfo(options.Folder).EnumerateFiles(options.Files)
            .Where(file => !file.Name.StartsWith('.') && !Unfinished.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && file.Extension != options.Ready)
            .ToList();
        foreach (var gone in seen.Keys.Except(files.Select(file => file.Name), StringComparer.Ordinal).ToList())
            seen.Remove(gone);
        return [.. files.Where(file => IsComplete(file, now)).Select(file => file.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>Takes a file out of the EMR's hands; done already when the server died after that.</summary>
    /// <returns>The file as it is read; null when it is gone.</returns>
    public string? Take(TakenExtract taken)
    {
        var (source, working) = (Path.Combine(options.Folder, taken.Name), Path.Combine(Working, NameOf(taken, "")));
        if (!File.Exists(working) && File.Exists(source))
        {
            Directory.CreateDirectory(Working);
            File.Move(source, working);
            if (options.Ready is { } ready)
                File.Delete(source + ready);
        }

        return File.Exists(working) ? working : null;
    }

    /// <summary>Writes the report and puts the file where it belongs; again, after a death, the same.</summary>
    public void PutAway(TakenExtract taken)
    {
        var into = taken.State == ExtractState.Refused ? options.FailedFolder : options.DoneFolder;
        Directory.CreateDirectory(into);
        var report = Path.Combine(into, NameOf(taken, ".report"));
        File.WriteAllText(report + ".tmp", Report(taken), Encoding.UTF8);
        File.Move(report + ".tmp", report, overwrite: true);
        var working = Path.Combine(Working, NameOf(taken, ""));
        if (File.Exists(working))
            File.Move(working, Path.Combine(into, NameOf(taken, "")), overwrite: true);
    }

    /// <summary>The same name may come every day: <c>recalls.17.csv</c>, <c>recalls.17.report.csv</c>.</summary>
    public static string NameOf(TakenExtract taken, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(taken.Name)}.{taken.Id}{what}{Path.GetExtension(taken.Name)}");

    private static string Report(TakenExtract taken)
    {
        var report = new StringBuilder("line,problem\r\n");
        if (taken.Refused is { } refused)
            report.Append(CultureInfo.InvariantCulture, $"1,\"{refused}\"\r\n");
        foreach (var problem in taken.Problems)
            report.Append(CultureInfo.InvariantCulture, $"{problem.Line},{problem.Problem}\r\n");
        if (taken.Bad > taken.Problems.Count)
            report.Append(CultureInfo.InvariantCulture, $",and {taken.Bad - taken.Problems.Count} more\r\n");
        return report.ToString();
    }

    private bool IsComplete(FileInfo file, Instant now)
    {
        if (options.Ready is { } ready && !File.Exists(file.FullName + ready))
            return false;
        if (!seen.TryGetValue(file.Name, out var before) || (before.Length, before.Written) != (file.Length, file.LastWriteTimeUtc))
            seen[file.Name] = before = (file.Length, file.LastWriteTimeUtc, now);
        return now - before.Since >= Duration.FromTimeSpan(options.SettledFor);
    }
}
