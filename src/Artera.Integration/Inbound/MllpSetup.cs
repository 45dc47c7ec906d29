using System.Net;
using Artera.Integration.Feeds;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Artera.Integration.Inbound;

public static class MllpSetup
{
    /// <summary>One Kestrel endpoint a feed: TLS, limits and an orderly stop come with it.</summary>
    public static WebApplicationBuilder AddMllp(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MllpPorts>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var services = kestrel.ApplicationServices;
            foreach (var feed in services.GetRequiredService<FeedBook>().All.Where(feed => feed.Options.Mllp is not null))
                kestrel.Listen(IPAddress.Parse(feed.Options.Mllp!.Address), feed.Options.Mllp.Port, listen => Serve(listen, feed, services));
        });
        return builder;
    }

    private static void Serve(ListenOptions listen, Feed feed, IServiceProvider services)
    {
        services.GetRequiredService<MllpPorts>().Add(feed.Name, listen);
        listen.Run(_ => Task.CompletedTask);
    }
}

/// <summary>Where the feeds really listen, known once the server has started.</summary>
public sealed class MllpPorts
{
    private readonly Dictionary<string, ListenOptions> endpoints = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where a feed's MLLP listener is.</summary>
    public IPEndPoint Of(string feed) => endpoints[feed].IPEndPoint ?? throw new InvalidOperationException($"feed {feed} does not listen on a port");

    internal void Add(string feed, ListenOptions listen) => endpoints.Add(feed, listen);
}
