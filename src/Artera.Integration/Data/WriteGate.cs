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

    /// <summary>How often somebody has written who did not go ahead: what was read before may be different now.</summary>
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
        if (queue == line)
            Interlocked.Increment(ref turnsInLine);
        return new Turn(this);
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

    public readonly struct Turn(WriteGate gate) : IDisposable
    {
        public void Dispose() => gate?.Leave();
    }
}
