using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace Artera.Integration.Delivery;

/// <summary>
/// Hands due messages to their providers, several at a time, never one message twice at a time: replies before
/// reminders before bulk. Runs while there is something to do, so a slow provider holds nobody up.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class SendMessagesJob(
    IntegrationDb db,
    WriteGate gate,
    TimeProvider time,
    MessageSender sender,
    DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options) : IJob
{
    private readonly Dictionary<long, Task> underWay = [];

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            do
            {
                // What has left is settled even when the server stops: it takes no longer than a provider's time-out.
                foreach (var message in await ClaimDue(cancellationToken))
                    underWay.Add(message.Id, sender.Handle(message, CancellationToken.None));
                metrics.Unsettled(await Messages(OutboundState.Sending).LongCountAsync(cancellationToken));
                await SomeDone(cancellationToken);
            }
            while (underWay.Count > 0);
        }
        finally
        {
            await Task.WhenAll(underWay.Values);
        }
    }

    private async Task<List<OutboundMessage>> ClaimDue(CancellationToken cancellation)
    {
        List<OutboundMessage> claimed = [];
        foreach (var priority in Enum.GetValues<Priority>())
            await Take(Messages(OutboundState.Queued).Where(message => message.Priority == priority));
        await Take(Messages(OutboundState.Sending));
        return claimed;

        async Task Take(IQueryable<OutboundMessage> waiting)
        {
            var free = options.Value.MostAtOnce - underWay.Count - claimed.Count;
            if (free > 0)
                claimed.AddRange(await db.ClaimDue(waiting, time.Now(), free, options.Value.ClaimFor, gate, cancellation));
        }
    }

    /// <summary>Not those under way here: a clock that jumps lets a claim lapse while its holder is alive.</summary>
    private IQueryable<OutboundMessage> Messages(OutboundState state)
    {
        var ours = underWay.Keys.ToArray();
        var messages = db.Set<OutboundMessage>().Where(message => message.State == state);
        return ours.Length == 0 ? messages : messages.Where(message => !ours.Contains(message.Id));
    }

    private async Task SomeDone(CancellationToken cancellation)
    {
        var lookAgain = Task.Delay(options.Value.LookEvery, TimeProvider.System, cancellation);
        while (underWay.Count > 0)
        {
            await Task.WhenAny([.. underWay.Values, lookAgain]);
            foreach (var (id, task) in underWay.Where(entry => entry.Value.IsCompleted).ToList())
            {
                underWay.Remove(id);
                await task;
            }

            if (lookAgain.IsCompleted || underWay.Count <= options.Value.MostAtOnce / 2)
                break;
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
