using Artera.Integration.Data;
using Artera.Integration.Feeds;
using CsvHelper;
using Mediator;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>What became of an extract.</summary>
/// <param name="Rows">Lines without the header.</param>
/// <param name="Applied">Lines that added or changed something, or said what was known.</param>
/// <param name="Stale">Lines older than what is known.</param>
/// <param name="Bad">Lines that could not be taken.</param>
/// <param name="Problems">The first of them, by the line of the file, counted from 1.</param>
/// <param name="NotRead">Columns that nobody knows.</param>
public sealed record OrderReport(int Rows, int Applied, int Stale, int Bad, IReadOnlyList<OrderProblem> Problems, IReadOnlyList<string> NotRead);

/// <param name="Problem">A stable word and the column, such as <c>no-date due</c>.</param>
public sealed record OrderProblem(int Line, string Problem);

/// <summary>
/// Reads recalls or referrals from a CSV extract of the EMR, a batch at a time, however long it is. A line that cannot be
/// taken is reported and stops no other; the same extract again changes nothing.
/// </summary>
internal sealed partial class OrderExtract(IServiceScopeFactory scopes, TimeProvider time, ILogger<OrderExtract> log)
{
    private const int Batch = 100;
    private const int MostProblems = 1000;

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        HasHeader = false,
        Separator = null,
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        IncludeValuesInExceptions = false,
        TrackLineNumbers = true,
    };

    /// <returns>Null and what is wrong when it has no header with <c>id</c> and <c>patient</c>.</returns>
    public async Task<(OrderReport? Report, string? Problem)> Read(Feed feed, OrderKind kind, Stream csv, CancellationToken cancellation, ExtractInto? into = null)
    {
        await using var reader = CsvReader.Create(csv, Options, leaveOpen: true);
        if (!await reader.ReadAsync(cancellation))
            return (null, "the extract is empty");
        var columns = OrderColumns.Of(reader, into?.Columns ?? []);
        if (!columns.Has("id") || !columns.Has("patient"))
            return (null, $"the first line must name the columns id and patient; there are {string.Join(", ", OrderColumns.Known)}");
        var statuses = OrderColumns.Pairs(into?.Statuses ?? []);
        var tally = new Tally();
        var now = time.Now();
        var batch = new List<OrderLine>(Batch);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.LineNumber <= into?.After)
                continue;
            tally.Rows++;
            batch.Add(OrderLine.Read((int)reader.LineNumber, kind, columns.Read(reader, statuses), feed.Zone, now));
            if (batch.Count == Batch)
                await TakeAll(feed, batch, tally, into?.Id, cancellation);
        }

        await TakeAll(feed, batch, tally, into?.Id, cancellation);
        return (new(tally.Rows, tally.Applied, tally.Stale, tally.Bad, tally.Problems, columns.Unknown), null);
    }

    private async Task TakeAll(Feed feed, List<OrderLine> batch, Tally tally, long? into, CancellationToken cancellation)
    {
        if (batch.Count > 0 && !await TryTake(feed, batch, tally, into, cancellation))
        {
            foreach (var line in batch)
            {
                if (!await TryTake(feed, [line], tally, into, cancellation))
                    await Take(feed, [line with { Said = null, Problem = "failed" }], tally, into, cancellation);
            }
        }

        batch.Clear();
    }

    private async Task Take(Feed feed, IReadOnlyList<OrderLine> lines, Tally tally, long? into, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var fates = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new TakeOrders(feed, lines, into), cancellation);
        foreach (var (line, fate) in lines.Zip(fates))
            tally.Add(line, fate);
    }

    /// <returns>False when one of them broke the transaction of all.</returns>
    private async Task<bool> TryTake(Feed feed, List<OrderLine> lines, Tally tally, long? into, CancellationToken cancellation)
    {
        try
        {
            await Take(feed, lines, tally, into, cancellation);
            return true;
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            BrokeOff(log, feed.Name, lines[0].Line, lines.Count, trouble);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Lines of an extract of {Feed} from {Line} on, {Count} of them, could not be applied together")]
    private static partial void BrokeOff(ILogger log, string feed, int line, int count, Exception trouble);

    private sealed class Tally
    {
        public int Rows { get; set; }

        public int Applied { get; private set; }

        public int Stale { get; private set; }

        public int Bad { get; private set; }

        public List<OrderProblem> Problems { get; } = [];

        public void Add(OrderLine line, OrderFate fate)
        {
            if (fate == OrderFate.Applied)
                Applied++;
            else if (fate == OrderFate.Stale)
                Stale++;
            if ((line.Problem ?? fate.Problem()) is not { } problem)
                return;
            Bad++;
            if (Problems.Count < MostProblems)
                Problems.Add(new(line.Line, problem));
        }
    }
}

/// <summary>A file that was taken from a folder, and how its EMR writes.</summary>
/// <param name="Id">Of the <see cref="TakenExtract"/> that the lines are counted in.</param>
/// <param name="After">The last line that was taken before.</param>
internal sealed record ExtractInto(long Id, int After, IReadOnlyList<string> Columns, IReadOnlyList<string> Statuses);
