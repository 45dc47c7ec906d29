using Artera.Integration.Operations.Audit;
using Artera.Integration.Operations.Health;
using Artera.Integration.Operations.Held;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Operations.Metrics;

namespace Artera.Integration.Operations;

internal static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddScoped<AuditLog>()
        .AddSingleton<KeysInForce>()
        .AddSingleton<GiveMeaning>()
        .AddSingleton<GiveLocation>()
        .AddHostedService<Listening>()
        .AddHealth()
        .AddMeasures();

    public static WebApplication MapOperations(this WebApplication app)
    {
        app.MapHealth();
        app.MapMeasures();
        return app;
    }
}
