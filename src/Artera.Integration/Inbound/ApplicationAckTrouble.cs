using System.Collections.Concurrent;
using Artera.Integration.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>Feeds whose application acknowledgements do not reach the EMR, and why: degraded, for the messages themselves are safe.</summary>
public sealed partial class ApplicationAckTrouble(TimeProvider time, ILogger<ApplicationAckTrouble> log) : IHealthCheck
{
    private readonly ConcurrentDictionary<string, (Instant Since, string Cause, int Failures)> feeds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Since when and why, or null when all is well: <c>no-destination</c>, or why nobody can be reached there.</summary>
    public (Instant Since, string Cause)? Of(string feed) => feeds.TryGetValue(feed, out var trouble) ? (trouble.Since, trouble.Cause) : null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(feeds.IsEmpty
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join("; ", feeds.Select(feed => $"{feed.Key}: {feed.Value.Cause} since {feed.Value.Since}"))));

    /// <summary>A sender asks for application acknowledgements, and no setting says where they go.</summary>
    internal void NowhereToSend(string feed)
    {
        if (!feeds.ContainsKey(feed) && feeds.TryAdd(feed, (time.Now(), "no-destination", 0)))
            LogNowhere(feed);
    }

    /// <returns>How often in a row nobody could be reached.</returns>
    internal int Down(string feed, string cause) =>
        feeds.AddOrUpdate(feed, _ => (time.Now(), cause, 1), (_, known) => (known.Since, cause, known.Failures + 1)).Failures;

    internal void Up(string feed) => feeds.TryRemove(feed, out _);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed} asks for application acknowledgements, and Mllp:ApplicationAcks does not say where they go")]
    private partial void LogNowhere(string feed);
}
