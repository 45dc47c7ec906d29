using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Quartz;

namespace Artera.Integration.Operations.Retention;

/// <summary>
/// Removes what is older than the settings keep it, a few rows at a time: writers get in between, and a server that stops in
/// the middle goes on where it was.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class RetentionJob(
    IServiceScopeFactory scopes, Sweeps sweeps, WriteGate gate, RetentionMeter meter, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionJob> log) : IJob
{
    // What was kept, because it waited, is looked at again this often.
    private static readonly Duration FromTheBeginningEvery = Duration.FromDays(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var sweep in sweeps.Of(options.Value))
        {
            if (sweep.Days is not { } days)
                continue;
            var removed = await Run(sweep, time.Now() - Duration.FromDays(days), cancellationToken);
            if (removed > 0)
                LogRemoved(sweep.Name, removed, days);
        }
    }

    private async Task<long> Run(Sweep sweep, Instant before, CancellationToken cancellation)
    {
        var mark = await ReadMark(sweep, cancellation);
        var (after, known, removed) = (mark.UpTo, true, 0L);
        while (await Read(sweep, after, cancellation) is { Count: > 0 } rows && rows.Exists(row => row.At < before))
        {
            after = rows[^1].Id;
            var old = rows.FindAll(row => row.At < before);
            // What is too young now is looked at again next time, and all behind it.
            if (known && rows.FindIndex(row => row.At >= before) is var young)
                (mark.UpTo, known) = young < 0 ? (after, true) : (young == 0 ? mark.UpTo : rows[young - 1].Id, false);
            removed += await Remove(sweep, new Removal(old.ConvertAll(row => row.Id), before, time.Now()), cancellation);
            await Task.Delay(options.Value.Pause, TimeProvider.System, cancellation);
        }

        await Write(mark, cancellation);
        return removed;
    }

    private async Task<List<Aged>> Read(Sweep sweep, long after, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await sweep.Ages(scope.ServiceProvider.GetRequiredService<IntegrationDb>())
            .Where(row => row.Id > after).OrderBy(row => row.Id).Take(options.Value.BatchSize).ToListAsync(cancellation);
    }

    private async Task<int> Remove(Sweep sweep, Removal old, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var turn = await gate.Enter(cancellation);
        var removed = await sweep.Remove(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), old, cancellation);
        meter.Removed(sweep.Name, removed);
        return removed;
    }

    private async Task<RetentionMark> ReadMark(Sweep sweep, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.Now();
        var mark = await scope.ServiceProvider.GetRequiredService<IntegrationDb>().FindAsync<RetentionMark>([sweep.Name], cancellation)
            ?? new RetentionMark { Sweep = sweep.Name, BegunAt = now };
        if (now - mark.BegunAt >= FromTheBeginningEvery)
            (mark.UpTo, mark.BegunAt) = (0, now);
        return mark;
    }

    private async Task Write(RetentionMark mark, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        using var turn = await gate.Enter(cancellation);
        if (await db.Set<RetentionMark>().AnyAsync(row => row.Sweep == mark.Sweep, cancellation))
            db.Update(mark);
        else
            db.Add(mark);
        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} {What} that were older than {Days} days")]
    private partial void LogRemoved(string what, long count, int days);
}
