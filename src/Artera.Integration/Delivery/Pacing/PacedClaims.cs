using System.Data;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

/// <summary>
/// Takes due messages as far as each line may send: replies before reminders before bulk. A line at its limit, or one that
/// was asked to pause, leaves its messages where they are and is in nobody's way.
/// </summary>
internal sealed class PacedClaims(IntegrationDb db, WriteGate gate, Budgets budgets, TimeProvider time, IOptions<DeliveryOptions> options)
{
    /// <returns>The claim and the messages that it holds, the most urgent first.</returns>
    public async Task<(Guid Claim, List<long> Ids)> Take(Medium medium, int most, CancellationToken cancellation)
    {
        var now = time.Now();
        if (most <= 0 || await db.FirstOfEveryLine(medium, most, now, cancellation) is not { Count: > 0 } waiting)
            return (default, []);

        using var turn = await gate.Enter(cancellation);
        turn.WroteNothingOfOthers();
        try
        {
            await budgets.KeepRows(waiting, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
            var claimed = await Claim(await Choose(waiting, most, now, cancellation), now, cancellation);
            await transaction.CommitAsync(cancellation);
            return claimed;
        }
        catch (Exception lost) when (LostRace.Is(lost))
        {
            // Another node was quicker; what is left is looked at next time.
            db.ChangeTracker.Clear();
            return (default, []);
        }
    }

    private async Task<List<long>> Choose(List<Waiting> waiting, int most, Instant now, CancellationToken cancellation)
    {
        var lines = await budgets.Of(waiting, now, cancellation);
        var chosen = new List<Waiting>();
        foreach (var message in waiting)
        {
            var over = lines.Over(message);
            if (chosen.Count == most || !over.TrueForAll(budget => budget.Allows))
                continue;
            over.ForEach(budget => budget.Use(message.Units));
            chosen.Add(message);
        }

        // In one order everywhere, so that two nodes do not wait for each other.
        foreach (var (sender, budget) in lines.Used.OrderBy(line => line.Sender, StringComparer.Ordinal))
        {
            if (!await Move(sender, budget, cancellation))
                chosen.RemoveAll(message => sender == LinePace.AllTexts || message.Sender == sender);
        }

        return chosen.ConvertAll(message => message.Id);
    }

    /// <returns>False when somebody else has moved it meanwhile: what it allows is to be found out again.</returns>
    private async Task<bool> Move(string sender, LineBudget budget, CancellationToken cancellation)
    {
        var (seen, free, next) = (budget.Seen?.Turn, budget.FreeAt, Guid.CreateVersion7());
        return await db.Set<LinePace>().Where(pace => pace.Sender == sender && pace.Turn == seen)
            .ExecuteUpdateAsync(set => set.SetProperty(pace => pace.FreeAt, free).SetProperty(pace => pace.Turn, next), cancellation) == 1;
    }

    private async Task<(Guid Claim, List<long> Ids)> Claim(List<long> ids, Instant now, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return (default, []);
        Guid? claim = Guid.CreateVersion7();
        Instant? until = now + options.Value.ClaimFor;
        var taken = await db.Set<OutboundMessage>()
            .Where(row => ids.Contains(row.Id) && row.State == OutboundState.Queued && row.DueAt <= now && (row.ClaimedUntil == null || row.ClaimedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Claim, claim).SetProperty(row => row.ClaimedUntil, until), cancellation);
        if (taken == ids.Count)
            return (claim.Value, ids);
        var ours = await db.Set<OutboundMessage>().Where(row => ids.Contains(row.Id) && row.Claim == claim).Select(row => row.Id).ToHashSetAsync(cancellation);
        return (claim.Value, ids.FindAll(ours.Contains));
    }
}
