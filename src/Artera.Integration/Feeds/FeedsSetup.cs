using Artera.Integration.Feeds.Fhir;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Feeds;

public static class FeedsSetup
{
    /// <summary>The feeds of a server that has no settings.</summary>
    internal static List<FeedOptions> Unset => [new FeedOptions { Mllp = new MllpOptions() }];

    private const int LargestAnswer = 32 * 1024 * 1024;

    /// <summary>The section <c>Feeds</c>; without one there is the feed <c>main</c> on MLLP 127.0.0.1:2575 with <c>mappings/generic</c>.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider =>
        {
            var section = configuration.GetSection("Feeds");
            var options = section.Exists() ? section.Get<List<FeedOptions>>() ?? [] : Unset;
            var feeds = FeedReader.Read(options, new MappingFolders(provider.GetRequiredService<IHostEnvironment>().ContentRootPath), out var errors);
            return errors.Count == 0 ? new FeedBook(feeds) : throw new OptionsValidationException("Feeds", typeof(FeedOptions), errors);
        });
        services.AddSingleton<FhirTokens>().AddSingleton<FhirTrust>().AddSingleton<FhirClient>();
        services.AddHttpClient(FhirClient.Http, client => client.MaxResponseContentBufferSize = LargestAnswer)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                SslOptions = { RemoteCertificateValidationCallback = provider.GetRequiredService<FhirTrust>().Trusts },
            });
        services.AddHealthChecks().AddCheck<MappingHealth>("mappings");
        return services;
    }
}
