using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// Sends the application acknowledgements that are owed, on a connection of our own to each feed's listener, in the order
/// in which the messages were settled. Feeds do not wait for one another.
/// </summary>
internal sealed partial class ApplicationAckSender(
    IServiceScopeFactory scopes, FeedBook feeds, ApplicationAckTrouble trouble, WriteGate gate, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    private const int MostAtOnce = 50;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        feeds.All.Where(feed => feed.Options.Mllp?.ApplicationAcks is not null).Select(feed => Serve(feed, feed.Options.Mllp!.ApplicationAcks!, stoppingToken)));

    private async Task Serve(Feed feed, MllpDestination destination, CancellationToken stopping)
    {
        await using var connection = new MllpConnection(destination, logs.CreateLogger<MllpConnection>());
        var log = logs.CreateLogger<ApplicationAckSender>();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await Turn(feed.Name, destination, connection, stopping))
                    await Task.Delay(LookEvery, TimeProvider.System, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogTrouble(log, feed.Name, failure.GetType().Name);
                await Task.Delay(LookEvery, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    /// <returns>True when more may be due at once.</returns>
    private async Task<bool> Turn(string feed, MllpDestination destination, MllpConnection connection, CancellationToken stopping)
    {
        var owed = await Take(feed, stopping);
        if (owed.Count == 0)
            return false;
        await using var claim = new KeptClaim<ApplicationAck>(scopes, gate, owed[0], Lease, stopping);
        var sent = new List<SentAck>();
        try
        {
            foreach (var ack in owed.TakeWhile(_ => sent.TrueForAll(earlier => earlier.IsTaken)))
            {
                claim.MustHold();
                sent.Add(new SentAck(ack.Id, await connection.Send(ack.Message, destination.AckTimeout, claim.Stop)));
            }
        }
        finally
        {
            // The EMR may take one connection at a time, and the next may be another node's.
            if (gate.LetsOthersWrite)
                await connection.Close();

            // Also when the server stops: what the EMR has taken is not sent again.
            await Settle(owed[0], sent, Failures(feed, sent));
        }

        return sent.Count > 0 && sent[^1].IsTaken;
    }

    private int Failures(string feed, List<SentAck> sent)
    {
        if (sent is [.., { Reply: { Kind: ReplyKind.NotConnected, Cause: { } cause } }])
            return trouble.Down(feed, cause);
        if (sent.Count > 0)
            trouble.Up(feed);
        return 0;
    }

    /// <summary>The oldest that waits, claimed, with those behind it: who has the first has the queue.</summary>
    private async Task<List<ApplicationAck>> Take(string feed, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var pending = db.Set<ApplicationAck>().Where(ack => ack.State == ApplicationAckState.Pending && ack.Feed == feed);
        var first = pending.Where(ack => !pending.Any(earlier => earlier.Id < ack.Id));
        if (await db.ClaimDue(first, time.Now(), take: 1, Duration.FromTimeSpan(Lease), gate, cancellation) is not [var oldest])
            return [];
        return await pending.AsNoTracking().Where(ack => ack.Id >= oldest.Id).OrderBy(ack => ack.Id).Take(MostAtOnce).ToListAsync(cancellation);
    }

    private async Task Settle(ApplicationAck first, IReadOnlyList<SentAck> sent, int failures)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new SettleApplicationAcks(first.Id, first.Claim, sent, failures), CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Application acknowledgements of {Feed} cannot be sent at the moment: {Error}")]
    private static partial void LogTrouble(ILogger log, string feed, string error);
}
