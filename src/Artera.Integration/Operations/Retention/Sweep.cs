using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.Operations.Retention;

/// <summary>One kind of thing that is removed when it is old.</summary>
/// <param name="Name">A stable word for the log, the metric and the mark.</param>
/// <param name="Days">How long it is kept; null: for ever.</param>
/// <param name="Ages">All rows of its table with when they were young. Ids rise about in that order.</param>
/// <param name="Remove">Removes those of the rows that are over and done with, in one statement or transaction.</param>
internal sealed record Sweep(
    string Name,
    int? Days,
    Func<IntegrationDb, IQueryable<Aged>> Ages,
    Func<IntegrationDb, Removal, CancellationToken, Task<int>> Remove);

/// <param name="Ids">Rows that are old enough.</param>
/// <param name="Before">What is younger than this stays.</param>
/// <param name="Now">What is ahead of this stays.</param>
internal sealed record Removal(List<long> Ids, Instant Before, Instant Now);

internal sealed class Aged
{
    public long Id { get; init; }

    public Instant At { get; init; }
}
