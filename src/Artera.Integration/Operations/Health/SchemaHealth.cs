using Artera.Integration.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Artera.Integration.Operations.Health;

/// <summary>Unhealthy while the database cannot be reached, or has another schema than this build's.</summary>
internal sealed class SchemaHealth(IServiceScopeFactory scopes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var schema = await SchemaState.Read(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), cancellationToken);
        return schema.IsKnown ? HealthCheckResult.Healthy(schema.InWords) : HealthCheckResult.Unhealthy(schema.InWords);
    }
}
