using Artera.Integration.Data;

namespace Artera.Integration.Outreach;

public static class OutreachSetup
{
    public static IServiceCollection AddOutreach(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutreachOptions>().Bind(configuration.GetSection("Outreach")).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton(provider => new Snapshot<TriggerBook>(
            provider.GetRequiredService<IServiceScopeFactory>(), TriggerBook.Load));
    }
}
