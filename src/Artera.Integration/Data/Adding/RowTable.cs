using NodaTime;

namespace Artera.Integration.Data.Adding;

/// <summary>A table that rows are added to past the change tracker, for a path where tracking costs more than the commit.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">The columns of a unique index; a row whose key is there already is not added.</param>
/// <param name="KeyFilter">The filter of that index, in SQL that every database of the house understands.</param>
/// <param name="Columns">What each row brings.</param>
internal sealed record RowTable<T>(string Name, string[] Key, string KeyFilter, params Column<T>[] Columns)
{
    public string ColumnNames => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>The values of a row, where <paramref name="value"/> says how a column's own value is named.</summary>
    public string Values(Func<Column<T>, string> value) => string.Join(", ", Columns.Select(value));
}

/// <summary>A column and how its value is read off a row: exactly one of the readers is there.</summary>
internal sealed class Column<T>
{
    private Column(string name) => Name = name;

    public string Name { get; }

    public Func<T, string?>? Text { get; private init; }

    public Func<T, long>? Number { get; private init; }

    public Func<T, bool>? Flag { get; private init; }

    public Func<T, byte[]?>? Bytes { get; private init; }

    public Func<T, Instant?>? Time { get; private init; }

    public static Column<T> OfText(string name, Func<T, string?> read) => new(name) { Text = read };

    public static Column<T> OfNumber(string name, Func<T, long> read) => new(name) { Number = read };

    public static Column<T> OfFlag(string name, Func<T, bool> read) => new(name) { Flag = read };

    public static Column<T> OfBytes(string name, Func<T, byte[]?> read) => new(name) { Bytes = read };

    public static Column<T> OfTime(string name, Func<T, Instant?> read) => new(name) { Time = read };
}
