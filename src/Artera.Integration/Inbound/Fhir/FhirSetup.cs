using Artera.Integration.Data;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound.Fhir;

internal static class FhirSetup
{
    public static IServiceCollection AddFhir(this IServiceCollection services) => services
        .AddSingleton<FeedRounds>()
        .AddScoped<SubscriptionUpkeep>()
        .AddJobEvery<ListenToFeedsJob>(_ => TimeSpan.FromMinutes(1))
        .AddJobOnOneNodeEvery<KeepSubscriptionsJob>(provider => 2 * LookEvery(provider))
        .AddJobOnOneNodeEvery<RecoverEventsJob>(provider => 2 * LookEvery(provider))
        .AddJobOnOneNodeEvery<ReadVisitsJob>(LookEvery)
        .AddJobOnOneNodeEvery<LookUpFhirJob>(LookEvery)
        .AddJobOnOneNodeEvery<PollFhirJob>(LookEvery);

    private static TimeSpan LookEvery(IServiceProvider provider) => provider.GetRequiredService<IOptions<InboundOptions>>().Value.LookEvery;
}
