namespace Artera.Integration.Data;

/// <summary>
/// SQLite has one writer at a time and makes the others poll for their turn, which costs a sleeping
/// writer 150 ms. Writers of this process queue here instead, first come first served, except that a message
/// whose sender waits goes ahead of every other writer but one. Databases that let writers work side by side pass through.
/// </summary>
public sealed class WriteGate(DatabaseProvider provider)
{
    private readonly Lock door = new();
    private readonly Queue<TaskCompletionSource> line = new();
    private readonly Queue<TaskCompletionSource> ahead = new();
    private bool taken;
    private bool lastWentAhead;
    private long turns;
    private long turnsInLine;

    // Of the latest turns in line, by their number; null where nobody has said.
    private readonly IReadOnlySet<RowKey>?[] written = new IReadOnlySet<RowKey>?[64];

    /// <summary>True while somebody waits: who can stop early should.</summary>
    public bool IsWanted
    {
        get
        {
            lock (door)
                return line.Count + ahead.Count > 0;
        }
    }

    /// <summary>How often somebody has written.</summary>
    public long Turns => Interlocked.Read(ref turns);

    /// <summary>How often somebody has written who did not go ahead.</summary>
    public long TurnsInLine => Interlocked.Read(ref turnsInLine);

    /// <summary>True when other nodes may write between two statements of ours.</summary>
    public bool LetsOthersWrite => provider != DatabaseProvider.Sqlite;

    public ValueTask<Turn> Enter(CancellationToken cancellation) => Enter(line, cancellation);

    /// <summary>For a writer whom somebody outside waits for. Never twice in a row while others wait.</summary>
    public ValueTask<Turn> EnterAhead(CancellationToken cancellation) => Enter(ahead, cancellation);

    private async ValueTask<Turn> Enter(Queue<TaskCompletionSource> queue, CancellationToken cancellation)
    {
        if (LetsOthersWrite)
            return default;
        cancellation.ThrowIfCancellationRequested();
        if (Wait(queue) is { } turn)
        {
            await using var giveUp = cancellation.Register(() => turn.TrySetCanceled(cancellation));
            await turn.Task;
        }

        Interlocked.Increment(ref turns);
        if (queue != line)
            return new Turn(this, 0);
        var number = Interlocked.Increment(ref turnsInLine);
        written[number % written.Length] = null;
        return new Turn(this, number);
    }

    private TaskCompletionSource? Wait(Queue<TaskCompletionSource> queue)
    {
        lock (door)
        {
            if (taken)
            {
                var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                queue.Enqueue(turn);
                return turn;
            }

            taken = true;
            lastWentAhead = queue == ahead;
            return null;
        }
    }

    private void Leave()
    {
        lock (door)
        {
            while (line.Count + ahead.Count > 0)
            {
                lastWentAhead = line.Count == 0 || (ahead.Count > 0 && !lastWentAhead);
                if ((lastWentAhead ? ahead : line).Dequeue().TrySetResult())
                    return;
            }

            taken = false;
        }
    }

    private bool HasChanged(Footprint mine, long after, long before)
    {
        if (after + 1 == before)
            return false;
        if (before - after > written.Length)
            return true;
        var read = mine.Read();
        for (var number = after + 1; number < before; number++)
        {
            if (written[number % written.Length]?.Overlaps(read) ?? true)
                return true;
        }

        return false;
    }

    /// <summary>Who has it is the only one who writes.</summary>
    /// <param name="number">Of those in line; zero for who goes ahead.</param>
    public readonly struct Turn(WriteGate gate, long number) : IDisposable
    {
        public void Dispose() => gate?.Leave();

        /// <summary>After the commit. Who does not say may have written anything.</summary>
        internal void Wrote(Footprint footprint)
        {
            if (gate is not null)
                gate.written[number % gate.written.Length] = footprint.TakeWritten();
        }

        /// <summary>What was written is nothing that anybody decides on: a claim, what happened.</summary>
        internal void WroteNothingOfOthers()
        {
            if (gate is not null)
                gate.written[number % gate.written.Length] = Footprint.Nothing;
        }

        /// <summary>True when somebody has written since a turn what a command has read.</summary>
        internal bool ComesAfterChangesOf(Footprint read, long since) => gate.HasChanged(read, since, number);
    }
}
