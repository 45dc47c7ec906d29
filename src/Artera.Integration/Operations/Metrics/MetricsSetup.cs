using Artera.Integration.Enterprise;
using Artera.Integration.Web.Access;
using OpenTelemetry.Metrics;

namespace Artera.Integration.Operations.Metrics;

internal static class MetricsSetup
{
    public static IServiceCollection AddMeasures(this IServiceCollection services)
    {
        services.AddSingleton<BacklogMeter>().AddHostedService<MeasureBacklog>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Artera.Integration*")
            .AddMeter("Microsoft.AspNetCore.Server.Kestrel")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>Numbers about the house are its own business: by key, or on this machine.</summary>
    public static void MapMeasures(this IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint("/metrics").For(Role.Staff);
}
