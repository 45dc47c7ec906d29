using System.Collections.Concurrent;
using System.Data.Common;
using Artera.Integration.Data;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound;

/// <summary>
/// Keeps messages before they are acknowledged, many connections in one commit. Whoever comes while nobody commits
/// commits what is queued, on its own thread; whoever comes meanwhile queues for the next commit.
/// </summary>
internal sealed partial class Journal(
    JournalStore store, WriteGate gate, InboxSignal signal, InboundMeter meter, IOptions<InboundOptions> options, TimeProvider time, ILogger<Journal> log)
{
    private readonly ConcurrentQueue<JournalEntry> queue = new();
    private readonly List<JournalEntry> batch = [];
    private int committing;

    /// <summary>Since when nothing could be kept, and why; null when the last commit went well.</summary>
    public JournalTrouble? Trouble { get; private set; }

    /// <summary>The entry's <see cref="JournalEntry.Kept"/> completes after the commit that <see cref="CommitUnlessSomebodyDoes"/> sees to.</summary>
    public void Queue(JournalEntry entry) => queue.Enqueue(entry);

    /// <summary>Never throws: each entry says itself whether it was kept.</summary>
    public ValueTask CommitUnlessSomebodyDoes() =>
        queue.IsEmpty || Interlocked.CompareExchange(ref committing, 1, 0) != 0 ? ValueTask.CompletedTask : CommitNext();

    private async ValueTask CommitNext()
    {
        batch.Clear();
        while (batch.Count < options.Value.MostInOneCommit && queue.TryDequeue(out var entry))
            batch.Add(entry);
        if (batch.Count > 0)
            await Commit();
        Interlocked.Exchange(ref committing, 0);
        if (!queue.IsEmpty)
            ThreadPool.UnsafeQueueUserWorkItem(static journal => _ = journal.CommitUnlessSomebodyDoes().AsTask(), this, preferLocal: false);
    }

    private async Task Commit()
    {
        try
        {
            using var limit = new CancellationTokenSource(options.Value.CommitPatience * 2);
            JournalPlan plan;
            using (await gate.EnterAhead(limit.Token))
                plan = await CommitOnceMoreIfOvertaken(limit.Token);
            Trouble = null;
            plan.Settle();
            if (plan.Inserts.Count > 0 || plan.Readmitted.Any())
                signal.Raise();
            meter.Committed(batch.Count, plan.Resends);
        }
        catch (Exception trouble)
        {
            Trouble ??= new JournalTrouble(time.Now(), trouble.GetType().Name);
            LogTrouble(batch.Count, trouble.GetType().Name, (trouble as DbException)?.ErrorCode ?? 0);
            await store.Close();
        }
        finally
        {
            foreach (var entry in batch)
                entry.Settle(Receipt.NotStored);
        }
    }

    // Another node may have kept the same message between our look and our insert; the second look finds it.
    private async Task<JournalPlan> CommitOnceMoreIfOvertaken(CancellationToken cancellation)
    {
        try
        {
            return await store.Commit(batch, cancellation);
        }
        catch (DbException) when (gate.LetsOthersWrite)
        {
            await store.Close();
            return await store.Commit(batch, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages could not be kept, their senders were told to try again: {Error} {Code}")]
    private partial void LogTrouble(int count, string error, int code);
}

/// <summary>Why nothing can be kept.</summary>
internal sealed record JournalTrouble(NodaTime.Instant Since, string Error);
