using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Microsoft.Extensions.Options;

namespace Artera.Integration.WriteBack;

public static class WriteBackSetup
{
    public static IServiceCollection AddWriteBack(this IServiceCollection services)
    {
        services.AddOptions<WriteBackOptions>().BindConfiguration("WriteBack")
            .Validate(options => options.LookEvery > TimeSpan.Zero, "WriteBack:LookEvery must be more than zero")
            .Validate(options => options.Attempts > 0, "WriteBack:Attempts must be at least 1")
            .Validate(options => options.LongestDownPause > TimeSpan.Zero, "WriteBack:LongestDownPause must be more than zero")
            .Validate(options => options.SendAfterStart >= TimeSpan.Zero, "WriteBack:SendAfterStart must not be negative")
            .Validate(options => options.StopWithin >= TimeSpan.Zero, "WriteBack:StopWithin must not be negative")
            .Validate(options => options.Lease >= TimeSpan.FromSeconds(3), "WriteBack:Lease must be at least 3 seconds")
            .ValidateOnStart();
        services.AddSingleton(provider => new EmrWriters(
            provider.GetRequiredService<FeedBook>(), provider.GetRequiredService<FhirClient>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<SendAnswers>().AddHostedService(provider => provider.GetRequiredService<SendAnswers>());
        services.AddSingleton<WriteBackMetrics>();
        services.AddScoped<Settlement>().AddSingleton<OrderStatusFeeds>().AddSingleton<OrderStatusMetrics>();
        services.AddJobEvery<OrderStatusJob>(provider => provider.GetRequiredService<IOptions<WriteBackOptions>>().Value.LookEvery);
        return services.AddJobEvery<WriteBackJob>(provider => provider.GetRequiredService<IOptions<WriteBackOptions>>().Value.LookEvery);
    }
}
