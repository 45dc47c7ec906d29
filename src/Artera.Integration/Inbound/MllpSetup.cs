using System.Net;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound.Polling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Artera.Integration.Inbound;

internal static class MllpSetup
{
    /// <summary>One Kestrel endpoint a feed: TLS, limits and an orderly stop come with it.</summary>
    public static void ListenToFeeds(this KestrelServerOptions kestrel)
    {
        foreach (var feed in kestrel.ApplicationServices.GetRequiredService<FeedBook>().All.Where(feed => feed.Options.Mllp is not null))
            kestrel.Listen(new MllpEndPoint(IPAddress.Parse(feed.Options.Mllp!.Address), feed.Options.Mllp.Port), listen => Serve(listen, feed));
    }

    private static void Serve(ListenOptions listen, Feed feed)
    {
        var services = listen.ApplicationServices;
        var listener = ActivatorUtilities.CreateInstance<MllpListener>(services, feed);
        services.GetRequiredService<MllpPorts>().Add(feed.Name, listen);
        listen.Use(listener.Admit);
        if (feed.Options.Mllp!.Tls is { } tls)
            listen.UseHttps(ActivatorUtilities.CreateInstance<MllpTls>(services, tls).Handshake);
        listen.Run(listener.Serve);
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
