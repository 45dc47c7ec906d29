using static System.FormattableString;

namespace Artera.Integration.Benchmarks;

/// <summary>What the two databases say differently; <c>i</c> is the number of the row.</summary>
internal sealed class Dialect(bool sqlite)
{
    public string CarriageReturn => sqlite ? "char(13)" : "chr(13)";

    public string False => sqlite ? "0" : "false";

    public string True => sqlite ? "1" : "true";

    /// <summary>Rows with a column <c>i</c>.</summary>
    public string Numbers(long first, long last) => sqlite
        ? Invariant($"(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n) AS numbers")
        : Invariant($"generate_series({first}::bigint, {last}::bigint) AS numbers(i)");

    /// <summary>So many seconds after the beginning of 2026.</summary>
    public string At(string seconds) => sqlite
        ? $"strftime('%Y-%m-%d %H:%M:%S', 1767225600 + ({seconds}), 'unixepoch')"
        : $"(timestamptz '2026-01-01 00:00:00Z' + ({seconds}) * interval '1 second')";

    public string Day(string days) => sqlite ? $"date('2026-01-01', ({days}) || ' days')" : $"(date '2026-01-01' + ({days})::int)";

    public string Padded(string number, int width) => sqlite
        ? Invariant($"printf('%0{width}d', {number})")
        : Invariant($"lpad(({number})::text, {width}, '0')");

    public string Bytes(string text) => sqlite ? $"CAST({text} AS BLOB)" : $"convert_to({text}, 'UTF8')";

    /// <summary>The same number for the same row, and no pattern in it.</summary>
    public static string Mixed(string number, int salt, long below) =>
        Invariant($"(((({number}) + {salt * 7919L}) * 2654435761) % 4294967291 % {below})");
}
