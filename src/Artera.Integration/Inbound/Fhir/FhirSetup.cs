using Artera.Integration.Data;

namespace Artera.Integration.Inbound.Fhir;

internal static class FhirSetup
{
    public static IServiceCollection AddFhir(this IServiceCollection services) => services
        .AddScoped<SubscriptionUpkeep>()
        .AddJobEvery<ListenToFeedsJob>(_ => TimeSpan.FromMinutes(1))
        .AddJobOnOneNodeEvery<KeepSubscriptionsJob>(_ => TimeSpan.FromSeconds(2))
        .AddJobOnOneNodeEvery<RecoverEventsJob>(_ => TimeSpan.FromSeconds(2))
        .AddJobOnOneNodeEvery<ReadVisitsJob>(_ => TimeSpan.FromSeconds(1))
        .AddJobOnOneNodeEvery<LookUpFhirJob>(_ => TimeSpan.FromSeconds(1))
        .AddJobOnOneNodeEvery<PollFhirJob>(_ => TimeSpan.FromSeconds(1));
}
