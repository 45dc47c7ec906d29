using System.Text;
using CsvHelper;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>The columns of an extract, found by their headers in any order; spaces, hyphens, underscores and case do not matter.</summary>
internal sealed class OrderColumns
{
    public static readonly string[] Known =
    [
        "id", "patient", "status", "type", "type-name", "priority", "provider", "provider-name", "location", "location-name", "changed",
        "due", "expires", "scheduling-status", "authorization-status", "given", "family", "born", "language", "cell", "home", "work", "email",
    ];

    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    private OrderColumns()
    {
    }

    /// <summary>What the header names that nobody knows: it is not read.</summary>
    public List<string> Unknown { get; } = [];

    public bool Has(string column) => columns.ContainsKey(Plain(column));

    /// <param name="called">What the EMR calls them: <c>MRN=patient</c>.</param>
    public static OrderColumns Of(CsvReader header, IReadOnlyList<string> called)
    {
        var meant = Pairs(called);
        var found = new OrderColumns();
        var known = Known.Select(Plain).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at < header.FieldCount; at++)
        {
            var name = header.GetString(at);
            var plain = Plain(meant.GetValueOrDefault(Plain(name), name));
            if (!known.Contains(plain))
                found.Unknown.Add(name);
            else
                found.columns.TryAdd(plain, at);
        }

        return found;
    }

    /// <summary>The row's value by column; empty cells and absent columns say nothing.</summary>
    /// <param name="statuses">What the EMR calls them.</param>
    public Dictionary<string, string> Read(CsvReader row, IReadOnlyDictionary<string, string> statuses)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, at) in columns)
        {
            if (at < row.FieldCount && row.GetString(at).Trim() is { Length: > 0 } value)
                values[name] = value;
        }

        if (values.TryGetValue("status", out var status) && statuses.TryGetValue(Plain(status), out var meant))
            values["status"] = meant;
        return values;
    }

    /// <summary><c>MRN=patient</c>: the EMR's word, and ours.</summary>
    public static Dictionary<string, string> Pairs(IReadOnlyList<string> written)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in written)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            pairs[Plain(pair[..at])] = pair[(at + 1)..].Trim();
        }

        return pairs;
    }

    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Where(char.IsLetterOrDigit))
            plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }
}
