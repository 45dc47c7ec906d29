using Artera.Integration.Operations.Audit;
using Artera.Integration.Operations.Keys;

namespace Artera.Integration.Operations;

internal static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddScoped<AuditLog>()
        .AddSingleton<KeysInForce>();
}
