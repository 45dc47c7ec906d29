using Artera.Integration.Data;

namespace Artera.Integration.Enterprise;

public static class EnterpriseSetup
{
    public static IServiceCollection AddEnterprise(this IServiceCollection services) =>
        services.AddSingleton(provider => new Snapshot<EnterpriseDirectory>(
            provider.GetRequiredService<IServiceScopeFactory>(), EnterpriseDirectory.Load));
}
