using System.Collections.Concurrent;
using System.Data.Common;
using Artera.Integration.Data;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound;

/// <summary>
/// Keeps messages before they are acknowledged, many connections in one commit. Whoever comes while nobody commits
/// commits at once, on its own thread; what comes meanwhile is committed together, one commit after the other.
/// </summary>
internal sealed partial class Journal(
    JournalStore store, WriteGate gate, InboxSignal signal, InboundMeter meter, Pressure pressure, IOptions<InboundOptions> options, TimeProvider time, ILogger<Journal> log)
    : IDisposable
{
    /// <summary>So many are kept sooner than another thread is awake; of more than these, the next are read meanwhile.</summary>
    private const int Few = 16;

    [ThreadStatic]
    private static bool gathers;

    private readonly ConcurrentQueue<JournalEntry> queue = new();
    private readonly List<JournalEntry> batch = [];
    private readonly JournalPlan plan = new();
    private CancellationTokenSource limit = new();
    private int committing;

    /// <summary>Since when nothing could be kept, and why; null when the last commit went well.</summary>
    public JournalTrouble? Trouble { get; private set; }

    /// <summary>The entry's <see cref="JournalEntry.Kept"/> completes after the commit that <see cref="CommitUnlessSomebodyDoes"/> sees to.</summary>
    public void Queue(JournalEntry entry) => queue.Enqueue(entry);

    /// <summary>Never throws: each entry says itself whether it was kept.</summary>
    public ValueTask CommitUnlessSomebodyDoes() => !gathers && MustCommit() ? CommitFirst() : ValueTask.CompletedTask;

    /// <summary>From now on this thread only queues.</summary>
    public static void Gather() => gathers = true;

    /// <summary>What this thread has queued since <see cref="Gather"/> is kept, if nobody else keeps it already.</summary>
    public void CommitGathered()
    {
        gathers = false;
        if (!MustCommit())
            return;
        if (queue.Count <= Few)
            _ = CommitFirst().AsTask();
        else
            CommitElsewhere();
    }

    public void Dispose() => limit.Dispose();

    private async ValueTask CommitFirst()
    {
        await Commit();
        Leave();
    }

    private async Task CommitWhatCameMeanwhile()
    {
        do
            await Commit();
        while (!queue.IsEmpty);
        Leave();
    }

    private void Leave()
    {
        Volatile.Write(ref committing, 0);
        if (MustCommit())
            CommitElsewhere();
    }

    private void CommitElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(static journal => _ = journal.CommitWhatCameMeanwhile(), this, preferLocal: false);

    private bool MustCommit() => !queue.IsEmpty && Interlocked.CompareExchange(ref committing, 1, 0) == 0;

    private async ValueTask Commit()
    {
        batch.Clear();
        while (batch.Count < options.Value.MostInOneCommit && queue.TryDequeue(out var entry))
            batch.Add(entry);
        if (batch.Count == 0)
            return;
        try
        {
            plan.Begin(batch);
            StartClock();
            using (await gate.EnterAhead(limit.Token))
                await store.Commit(plan, limit.Token);
            Trouble = null;
            plan.Settle();
            var toApply = plan.ToApply;
            if (toApply > 0)
                signal.Raise();
            meter.Committed(batch.Count, plan.Resends);
            pressure.Kept(toApply);
        }
        catch (Exception trouble)
        {
            Trouble ??= new JournalTrouble(time.Now(), trouble.GetType().Name);
            LogTrouble(batch.Count, trouble.GetType().Name, (trouble as DbException)?.ErrorCode ?? 0);
        }
        finally
        {
            foreach (var entry in batch)
                entry.Settle(Receipt.NotStored);
        }
    }

    private void StartClock()
    {
        if (!limit.TryReset())
            limit = new CancellationTokenSource();
        limit.CancelAfter(options.Value.CommitPatience * 2);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages could not be kept, their senders were told to try again: {Error} {Code}")]
    private partial void LogTrouble(int count, string error, int code);
}

/// <summary>Why nothing can be kept.</summary>
internal sealed record JournalTrouble(NodaTime.Instant Since, string Error);
