namespace Artera.Integration.Feeds;

/// <summary><c>Feeds[].Extracts[]</c>: a folder into which the EMR puts CSV files of recalls or referrals.</summary>
public sealed class ExtractOptions
{
    /// <summary>The folder that is watched; files that begin with a dot or end in .tmp, .part, .partial or .filepart are left alone.</summary>
    public string Folder { get; set; } = "";

    /// <summary>What its files list.</summary>
    public ExtractKind Kind { get; set; } = ExtractKind.Recalls;

    /// <summary>Which files, such as <c>recalls*.csv</c>.</summary>
    public string Files { get; set; } = "*.csv";

    /// <summary>How long a file must not have changed before it is taken for complete.</summary>
    public TimeSpan SettledFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The ending of an empty file that says that a file is complete, such as <c>.ok</c> (recalls.csv.ok); null: none is awaited.</summary>
    public string? Ready { get; set; }

    /// <summary>Where files go that were read, with a report of their bad lines; null: <c>done</c> in the folder.</summary>
    public string? Done { get; set; }

    /// <summary>Where files go that could not be read at all; null: <c>failed</c> in the folder.</summary>
    public string? Failed { get; set; }

    /// <summary>The mapping of its headers, for an EMR that calls the columns otherwise: <c>MRN=patient</c>.</summary>
    public string[] Columns { get; set; } = [];

    /// <summary>The mapping of its statuses: <c>Open=active</c>.</summary>
    public string[] Statuses { get; set; } = [];

    internal string DoneFolder => Done ?? Path.Combine(Folder, "done");

    internal string FailedFolder => Failed ?? Path.Combine(Folder, "failed");

    internal IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            yield return ":Folder is empty";
        if (string.IsNullOrWhiteSpace(Files))
            yield return ":Files is empty";
        if (SettledFor < TimeSpan.Zero)
            yield return ":SettledFor must not be less than zero";
        foreach (var pair in Columns.Concat(Statuses).Where(pair => pair.IndexOf('=', StringComparison.Ordinal) <= 0))
            yield return $": '{pair}' does not say what it means, such as MRN=patient";
    }
}

/// <summary>What the files of a folder list.</summary>
public enum ExtractKind
{
    /// <summary>Recalls.</summary>
    Recalls,

    /// <summary>Referrals.</summary>
    Referrals,
}
