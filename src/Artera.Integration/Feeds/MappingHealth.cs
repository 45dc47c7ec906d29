using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Artera.Integration.Feeds;

/// <summary>Degraded while a mapping file on the disk is not valid: messages are read by the mapping before it.</summary>
internal sealed class MappingHealth(FeedBook feeds) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var trouble = feeds.All.SelectMany(feed => feed.Mapping.Trouble.Concat(feed.WriteBackMapping.Trouble)).Distinct(StringComparer.Ordinal).ToList();
        return Task.FromResult(trouble.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join('\n', trouble)));
    }
}
