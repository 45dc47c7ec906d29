using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;

namespace Artera.Integration.Inbound;

/// <summary>
/// Follows what people change while the server runs, in this process, in another one or in an editor: what a code means
/// and who owns a location. Messages that waited for just that are applied.
/// </summary>
internal sealed partial class FollowSettings(
    FeedBook feeds, HeldMessages held, Snapshot<EnterpriseDirectory> enterprise, ILogger<FollowSettings> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Twice: the worker may just be settling a message by the setting before.</summary>
    private const int Rounds = 2;

    private readonly Dictionary<string, (int Version, string? Trouble)> seen = new(StringComparer.Ordinal);
    private EnterpriseDirectory? directory;
    private int codes;
    private int locations;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Files change by the wall's clock, whatever the other one shows.
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            do
            {
                await held.Alone(() => Look(stoppingToken), stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task<bool> Look(CancellationToken cancellation)
    {
        try
        {
            foreach (var feed in feeds.All)
                Follow(feed);
            if (await enterprise.Get(cancellation) is var now && now != directory)
                (directory, locations) = (now, Rounds);

            if (codes > 0)
                await held.ReleaseCodes("mapping", cancellation);
            if (locations > 0)
                await held.ReleaseLocations("enterprise", cancellation);
            (codes, locations) = (Math.Max(0, codes - 1), Math.Max(0, locations - 1));
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            LogTrouble(trouble.GetType().Name);
        }

        return codes + locations > 0;
    }

    private void Follow(Feed feed)
    {
        feed.Mapping.Follow();
        feed.WriteBackMapping.Follow();
        var (version, trouble) = (feed.Mapping.Version, feed.Mapping.Trouble is [var first, ..] ? first : null);
        var known = seen.TryGetValue(feed.Name, out var before);
        if (!known || version != before.Version)
            codes = Rounds;
        if (known && version != before.Version)
            LogFollowed(feed.Name, feed.Mapping.Path);
        if (trouble is not null && trouble != before.Trouble)
            LogRefused(feed.Name, trouble);
        seen[feed.Name] = (version, trouble);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Feed {Feed} follows the changed mapping {Path}")]
    private partial void LogFollowed(string feed, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "Feed {Feed} keeps its mapping, for the changed file is not valid: {Error}")]
    private partial void LogRefused(string feed, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Changed settings cannot be followed at the moment: {Error}")]
    private partial void LogTrouble(string error);
}
