using Artera.Integration.Data;
using Artera.Integration.Outreach.Campaigns;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Outreach;

public static class OutreachSetup
{
    public static IServiceCollection AddOutreach(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutreachOptions>().Bind(configuration.GetSection("Outreach")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new Snapshot<TriggerBook>(provider.GetRequiredService<IServiceScopeFactory>(), TriggerBook.Load));
        services.AddScoped<Composer>();
        services.AddScoped<Reviews>();
        services.AddScoped<SameDay>();
        services.AddSingleton<DueMessages>();
        services.AddScoped<Crowd>();
        services.AddScoped<CampaignChoice>();
        services.AddSingleton<CampaignList>();
        // Nobody else wants to look at a visit again.
        if (configuration.GetSection("Feeds").GetChildren().Any(feed => feed.GetValue<bool>("Fhir:ReadBeforeReminder")))
            services.AddJobOnOneNodeEvery<LookAtQueuedJob>(_ => TimeSpan.FromMinutes(1));
        return services.AddJobEvery<AppointmentMessagesJob>(LookEvery).AddJobEvery<RecallMessagesJob>(LookEvery).AddJobEvery<ReferralMessagesJob>(LookEvery)
            .AddJobEvery<PlanAgainJob>(LookEvery).AddJobEvery<CampaignJob>(LookEvery);

        static TimeSpan LookEvery(IServiceProvider provider) => provider.GetRequiredService<IOptions<OutreachOptions>>().Value.LookEvery;
    }
}
