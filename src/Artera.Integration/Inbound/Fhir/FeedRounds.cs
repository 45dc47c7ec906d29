using Artera.Integration.Feeds;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// Works on feeds side by side. While one of them keeps us waiting the others get their next rounds all the same, each one
/// round at a time; the job goes on until nobody is left waiting, so that no other node begins beside it.
/// </summary>
internal sealed class FeedRounds(IOptions<InboundOptions> options, IHostApplicationLifetime server)
{
    /// <summary>So many servers are talked to at once.</summary>
    public const int MostAtOnce = 16;

    /// <param name="feeds">Those to look at.</param>
    /// <param name="round">Looks what is due for one feed, and does it.</param>
    /// <param name="cancellation">The job is to end.</param>
    public async Task Run(IReadOnlyList<Feed> feeds, Func<Feed, CancellationToken, Task> round, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, server.ApplicationStopping);
        var running = new Dictionary<string, Task>(StringComparer.Ordinal);
        var failed = new List<Task>();
        do
        {
            foreach (var feed in feeds.Where(feed => !running.ContainsKey(feed.Name)))
            {
                if (running.Count < MostAtOnce)
                    running[feed.Name] = Task.Run(() => round(feed, stop.Token), CancellationToken.None);
            }

            await Task.WhenAny(Task.WhenAll(running.Values), Task.Delay(options.Value.LookEvery, TimeProvider.System, stop.Token));
            foreach (var (name, task) in running.Where(one => one.Value.IsCompleted).ToList())
            {
                running.Remove(name);
                if (!task.IsCompletedSuccessfully)
                    failed.Add(task);
            }
        }
        while (running.Count > 0 && failed.Count == 0 && !stop.IsCancellationRequested);
        try
        {
            await Task.WhenAll([.. running.Values, .. failed]);
        }
        catch (OperationCanceledException) when (server.ApplicationStopping.IsCancellationRequested)
        {
            // The server stops; what was begun is begun again by whoever comes next.
        }
    }
}
