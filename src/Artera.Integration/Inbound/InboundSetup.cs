using Artera.Integration.Data;
using Artera.Integration.Inbound.Extracts;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Inbound.Polling;
using Microsoft.AspNetCore.Connections;

namespace Artera.Integration.Inbound;

public static class InboundSetup
{
    public static WebApplicationBuilder AddInbound(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InboundOptions>().Bind(builder.Configuration.GetSection("Inbound"))
            .Validate(inbound => inbound.MostInOneCommit is > 0 and <= 1024, "Inbound:MostInOneCommit must be between 1 and 1024")
            .Validate(inbound => inbound.Workers is > 0 and <= Lane.Count, $"Inbound:Workers must be between 1 and {Lane.Count}")
            .Validate(inbound => inbound.MostWaiting is >= 0 and <= 1_000_000, "Inbound:MostWaiting must be between 0 and 1000000")
            .Validate(inbound => inbound.CommitPatience > TimeSpan.Zero, "Inbound:CommitPatience must be more than zero")
            .Validate(inbound => inbound.LookEvery > TimeSpan.Zero, "Inbound:LookEvery must be more than zero")
            .ValidateOnStart();
        builder.Services
            .AddSingleton<MllpPorts>()
            .AddSingleton<Answers>()
            .AddSingleton<InboundMeter>()
            .AddSingleton<InboxSignal>()
            .AddSingleton<Pressure>()
            .AddSingleton<JournalStore>()
            .AddSingleton<Journal>()
            .AddScoped<InboxQueue>()
            .AddScoped<NextMessages>()
            .AddSingleton<ApplicationAckTrouble>()
            .AddSingleton<HeldMessages>()
            .AddSingleton<OrderExtract>()
            .AddSingleton<ExtractFolders>()
            .AddSingleton<FhirShelf>()
            .AddScoped<FhirLookUp>()
            .AddSingleton<FeedEar>()
            .AddScoped<EventNumbers>()
            .AddScoped<VisitReading>()
            .AddScoped<PollRound>()
            .AddHostedService<InboxWorker>()
            .AddHostedService<CountWaiting>()
            .AddHostedService<FollowSettings>()
            .AddHostedService<ApplicationAckSender>();
        // Where no feed speaks FHIR there is nothing to look up, nor to ask the shared timetable about every second.
        if (builder.Configuration.GetSection("Feeds").GetChildren().Any(feed => feed.GetSection("Fhir").Exists()))
            builder.Services.AddFhir();
        if (builder.Configuration.GetSection("Feeds").GetChildren().Any(feed => feed.GetSection("Extracts").GetChildren().Any()))
            builder.Services.AddJobOnOneNodeEvery<TakeExtractsJob>(_ => TimeSpan.FromSeconds(2));
        builder.Services.AddHealthChecks().AddCheck<JournalHealth>("journal").AddCheck<ApplicationAckTrouble>("application-acks").AddCheck<FeedTroubleHealth>("fhir");
        builder.Services.AddSingleton<IConnectionListenerFactory, PolledTransport>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenToFeeds());
        return builder;
    }

    public static WebApplication MapInbound(this WebApplication app)
    {
        app.MapFhir();
        return app;
    }
}
