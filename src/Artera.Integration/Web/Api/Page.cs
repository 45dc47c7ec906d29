using System.ComponentModel;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

/// <summary>Some rows, and where to go on.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Send it back as <c>after</c> for the rows that follow; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next) : IPage
{
    IEnumerable<object?> IPage.Items => Items.Cast<object?>();
}

/// <summary>A page, whatever its rows are.</summary>
public interface IPage
{
    IEnumerable<object?> Items { get; }
}

/// <summary>Which page a client wants.</summary>
internal readonly record struct PageRequest(
    [property: Description("The `next` of the page before.")] Cursor? After,
    [property: Description("Rows at most, 1 to 200; 50 unless told.")] int? Limit)
{
    private const int Usual = 50;
    private const int Most = 200;

    public int Take => Math.Clamp(Limit ?? Usual, 1, Most);

    /// <summary>The page of rows that are already filtered, ordered and beyond the cursor.</summary>
    public async Task<Page<T>> Of<T>(IQueryable<T> rows, Func<T, Cursor> cursor, CancellationToken cancellation) =>
        Of(await rows.Take(Take + 1).ToListAsync(cancellation), cursor);

    /// <summary>The page of rows that were read with one more than fits: that one says that there are more.</summary>
    public Page<T> Of<T>(IEnumerable<T> rows, Func<T, Cursor> cursor)
    {
        var read = rows.ToList();
        return read.Count <= Take
            ? new Page<T>(read, null)
            : new Page<T>(read[..Take], cursor(read[Take - 1]).ToString());
    }
}
