using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Artera.Integration.Inbound;

/// <summary>Unhealthy while messages cannot be kept: their senders are told to try again.</summary>
internal sealed class JournalHealth(Journal journal, Pressure pressure) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.Trouble is { } trouble
            ? HealthCheckResult.Unhealthy($"nothing can be kept since {trouble.Since}: {trouble.Error}")
            : pressure.Pause > TimeSpan.Zero
            ? HealthCheckResult.Degraded($"{pressure.Waiting} messages wait to be applied: their senders are slowed")
            : HealthCheckResult.Healthy());
}
