using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>
/// Applies the next messages of some lanes in one transaction, in their order: what they touch is read at once, what they
/// change is written at once. Either all are applied, or, when one of them throws, none.
/// </summary>
/// <param name="Lanes">Those of them that somebody else is at are left out.</param>
/// <param name="Take">How many at most.</param>
internal sealed record ApplyMessages(int[] Lanes, int Take) : IRequest<int>, IReadsFirst
{
    /// <summary>When it had its turn to write.</summary>
    public long BeganToWrite { get; set; }

    /// <summary>The message that is being applied: which one it was when the command throws.</summary>
    public long? Current { get; set; }

    /// <summary>True when there are likely more to apply at once.</summary>
    public bool MoreWait { get; set; }
}

internal sealed class ApplyMessagesHandler(ISender sender, IntegrationDb db, NextMessages next) : IRequestHandler<ApplyMessages, int>
{
    /// <returns>How many have been applied; none when there are none, or when somebody else is at the lanes.</returns>
    public async ValueTask<int> Handle(ApplyMessages request, CancellationToken cancellationToken)
    {
        request.Current = null;
        var lanes = await Hold(request.Lanes, cancellationToken);
        if (lanes.Length == 0)
            return 0;
        await next.Read(lanes, request.Take, cancellationToken);
        var (applied, waits) = (0, false);

        // One that has to wait is waited for by others of these: they are looked for again.
        for (; applied < next.Messages.Count && !waits; applied++)
        {
            var (id, says) = next.Messages[applied];
            request.Current = id;
            var isPlain = says is { IsPlain: true };
            if (isPlain)
                await next.Reach(applied, cancellationToken);
            else
                await StartOver(cancellationToken);
            var outcome = await sender.Send(new ApplyMessage(id), cancellationToken);
            if (!isPlain)
                await StartOver(cancellationToken);
            waits = outcome.State == InboxState.Failed;
        }

        request.MoreWait = next.MoreWait || waits || applied < next.Messages.Count;
        return applied;
    }

    /// <returns>The lanes that are ours until the transaction ends.</returns>
    private async Task<int[]> Hold(int[] lanes, CancellationToken cancellation) =>
        db.HoldLanes is { } hold ? [.. await db.Database.SqlQueryRaw<int>(hold, string.Join(',', lanes)).ToListAsync(cancellation)] : lanes;

    /// <summary>What such a message does is not kept at hand: it finds everything in the database, and so does who comes after it.</summary>
    private async Task StartOver(CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        db.ForgetAtHand();
        db.ChangeTracker.Clear();
    }
}
