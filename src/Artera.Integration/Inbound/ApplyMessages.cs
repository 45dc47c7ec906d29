using Artera.Integration.Data;
using Mediator;

namespace Artera.Integration.Inbound;

/// <summary>
/// Applies several messages in one transaction, in their order: one commit for all of them. Either all are applied as
/// far as the time allows, or, when one of them throws, none.
/// </summary>
/// <param name="Ids">In the order of arrival.</param>
/// <param name="Least">When to stop and commit if somebody else waits to write, such as the journal with a message that arrived.</param>
/// <param name="Most">When to stop and commit in any case.</param>
internal sealed record ApplyMessages(IReadOnlyList<long> Ids, TimeSpan Least, TimeSpan Most) : IRequest<int>;

internal sealed class ApplyMessagesHandler(ISender sender, IntegrationDb db, WriteGate gate) : IRequestHandler<ApplyMessages, int>
{
    /// <returns>How many, from the start of the list, have been applied.</returns>
    public async ValueTask<int> Handle(ApplyMessages request, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var applied = 0;
        while (applied < request.Ids.Count
            && (applied == 0 || TimeProvider.System.GetElapsedTime(started) < (gate.IsWanted ? request.Least : request.Most)))
        {
            await sender.Send(new ApplyMessage(request.Ids[applied++]), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        return applied;
    }
}
