using Artera.Integration.Data;

namespace Artera.Integration.Inbound.Fhir;

internal static class FhirSetup
{
    public static IServiceCollection AddFhir(this IServiceCollection services) => services
        .AddJobOnOneNodeEvery<LookUpFhirJob>(_ => TimeSpan.FromSeconds(1))
        .AddJobOnOneNodeEvery<PollFhirJob>(_ => TimeSpan.FromSeconds(1));
}
