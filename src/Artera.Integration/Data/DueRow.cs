using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Data;

/// <summary>A row that somebody must work on at a time: a planned message, a send, a reply, a write-back.</summary>
public abstract class DueRow
{
    public long Id { get; private set; }

    /// <summary>When to look at the row (again).</summary>
    public Instant DueAt { get; set; }

    /// <summary>Who works on it; null when nobody does.</summary>
    public Guid? Claim { get; set; }

    /// <summary>When a claim lapses because its holder has died.</summary>
    public Instant? ClaimedUntil { get; set; }

    public void Release()
    {
        Claim = null;
        ClaimedUntil = null;
    }
}

public static class DueRows
{
    /// <summary>
    /// Takes the oldest due rows for one worker. Several nodes may try at once: the guarded update lets one
    /// of them have each row, and a lapsed claim is anybody's.
    /// </summary>
    /// <returns>The rows taken, untracked, oldest first.</returns>
    public static async Task<List<T>> ClaimDue<T>(
        this IntegrationDb db,
        IQueryable<T> waiting,
        Instant now,
        int take,
        Duration lease,
        WriteGate gate,
        CancellationToken cancellation)
        where T : DueRow
    {
        var free = waiting.Where(row => row.ClaimedUntil == null || row.ClaimedUntil < now);
        var found = await free.Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.Id).Select(row => new { row.Id, row.DueAt }).Take(take).ToListAsync(cancellation);
        if (found.Count == 0)
            return [];

        // Up to the last one found: where many more are due, those are not looked at again.
        var (ids, last) = (found.ConvertAll(row => row.Id), found[^1].DueAt);
        Guid? claim = Guid.CreateVersion7();
        Instant? until = now + lease;
        using (var turn = await gate.Enter(cancellation))
        {
            turn.WroteNothingOfOthers();
            await free.Where(row => row.DueAt <= last && ids.Contains(row.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Claim, claim).SetProperty(row => row.ClaimedUntil, until),
                cancellation);
        }

        return await db.Set<T>().AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.Claim == claim)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id)
            .ToListAsync(cancellation);
    }
}
