namespace Artera.Integration.Data;

/// <summary>
/// SQLite has one writer at a time and makes the others poll for their turn, which costs a sleeping
/// writer 150 ms. Writers of this process queue here instead, first come first served. Databases that
/// let writers work side by side pass through.
/// </summary>
public sealed class WriteGate(DatabaseProvider provider) : IDisposable
{
    private readonly SemaphoreSlim? turn = provider == DatabaseProvider.Sqlite ? new(1, 1) : null;

    private long turns;

    /// <summary>How often somebody has written.</summary>
    public long Turns => Interlocked.Read(ref turns);

    /// <summary>True when other nodes may write between two statements of ours.</summary>
    public bool LetsOthersWrite => turn is null;

    public async ValueTask<Turn> Enter(CancellationToken cancellation)
    {
        if (turn is not null)
            await turn.WaitAsync(cancellation);
        Interlocked.Increment(ref turns);
        return new Turn(turn);
    }

    public void Dispose() => turn?.Dispose();

    public readonly struct Turn(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
