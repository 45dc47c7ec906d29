namespace Artera.Integration.Operations.Logs;

/// <summary>The section <c>Logs</c>.</summary>
public sealed class LogOptions
{
    /// <summary>The least level of our own lines: <c>Debug</c>, <c>Information</c> (default), <c>Warning</c>, <c>Error</c>.</summary>
    public Serilog.Events.LogEventLevel Level { get; set; } = Serilog.Events.LogEventLevel.Information;

    /// <summary><c>Text</c> (default), <c>Json</c> (one compact object a line), or <c>None</c>.</summary>
    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>True: to standard error; false (default): to standard output.</summary>
    public bool StandardError { get; set; }

    /// <summary>For verbs that print their result: only what is wrong, and not on standard output.</summary>
    internal static readonly Dictionary<string, string?> Quiet = new(StringComparer.Ordinal)
    {
        ["Logs:Level"] = "Warning",
        ["Logs:StandardError"] = "true",
    };
}

/// <summary>How a log line looks.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For a log store.</summary>
    Json,

    /// <summary>Nothing on the console.</summary>
    None,
}
