using System.Threading.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery.Pacing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace Artera.Integration.Delivery;

/// <summary>
/// Hands due messages to their providers, several at a time, never one message twice at a time: replies before
/// reminders before bulk, as fast as their lines may. Runs while there is something to do; what is claimed, recorded and
/// settled in one turn shares a transaction, so a slow provider holds nobody up and a fast one waits for no disk.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class SendMessagesJob(
    IServiceScopeFactory scopes,
    WriteGate gate,
    TimeProvider time,
    MessageSender sender,
    DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options) : IJob
{
    /// <summary>How long the first to come back waits for others, to be settled with them.</summary>
    private static readonly TimeSpan ForCompany = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<long, Medium> underWay = [];
    private readonly Channel<MessageSender.Result> back = Channel.CreateUnbounded<MessageSender.Result>();

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            bool any;
            do
            {
                await Start(cancellationToken);
                any = underWay.Count > 0;
                await SomeBack(cancellationToken);
            }
            while (any);
        }
        finally
        {
            // What has left is settled even when the server stops: it takes no longer than a provider's time-out.
            while (underWay.Count > 0)
            {
                await back.Reader.WaitToReadAsync(CancellationToken.None);
                await Settle();
            }
        }
    }

    private async Task Start(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var sending = await db.Set<OutboundMessage>().LongCountAsync(message => message.State == OutboundState.Sending, cancellation);
        metrics.Unsettled(sending);
        foreach (var medium in Enum.GetValues<Medium>())
        {
            var free = options.Value.MostAtOnce - underWay.Values.Count(other => other == medium);
            if (free == 0)
                continue;
            var (claim, ids) = await scope.ServiceProvider.GetRequiredService<PacedClaims>().Take(medium, free, cancellation);
            foreach (var message in await sender.Begin(claim, ids, cancellation))
                Leaves(message, sender.HandOver);
            if (sending == 0)
                continue;
            foreach (var message in await db.ClaimDue(Unsettled(db, medium), time.Now(), free - ids.Count, options.Value.ClaimFor, gate, cancellation))
                Leaves(message, sender.LookUp);
        }
    }

    private void Leaves(OutboundMessage message, Func<OutboundMessage, Task<MessageSender.Result>> work)
    {
        underWay.Add(message.Id, message.Medium);
        _ = Run();

        async Task Run() => back.Writer.TryWrite(await work(message));
    }

    /// <summary>Not those under way here: a clock that jumps lets a claim lapse while its holder is alive.</summary>
    private IQueryable<OutboundMessage> Unsettled(IntegrationDb db, Medium medium)
    {
        var ours = underWay.Keys.ToArray();
        var messages = db.Set<OutboundMessage>().Where(message => message.State == OutboundState.Sending && message.Medium == medium);
        return ours.Length == 0 ? messages : messages.Where(message => !ours.Contains(message.Id));
    }

    /// <summary>Until some have come back, or it is time to look for more.</summary>
    private async Task SomeBack(CancellationToken cancellation)
    {
        if (underWay.Count == 0)
            return;
        using var lookAgain = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lookAgain.CancelAfter(options.Value.LookEvery);
        try
        {
            await back.Reader.WaitToReadAsync(lookAgain.Token);
            if (underWay.Count > back.Reader.Count)
                await Task.Delay(ForCompany, TimeProvider.System, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nobody is back yet.
        }

        await Settle();
    }

    private async Task Settle()
    {
        var results = new List<MessageSender.Result>();
        while (back.Reader.TryRead(out var result))
            results.Add(result);
        try
        {
            await sender.Settle(results);
        }
        finally
        {
            results.ForEach(result => underWay.Remove(result.Message.Id));
        }
    }
}
