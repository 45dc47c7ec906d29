using System.Net;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;

namespace Artera.Integration.Operations;

/// <summary>Says once where the server can be reached; Kestrel's own lines would call every MLLP port a web address.</summary>
internal sealed partial class Listening(HttpPorts http, MllpPorts mllp, FeedBook feeds, ILogger<Listening> log) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var pages = http.First;
        LogHttp(pages);
        foreach (var feed in feeds.All.Where(feed => feed.Options.Mllp is not null))
        {
            var address = mllp.Of(feed.Name);
            LogFeed(feed.Name, address, feed.Options.Mllp!.Tls is null ? "" : " with TLS", feed.Options.Mapping);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Pages and API on http://{Address}; Ctrl+C stops")]
    private partial void LogHttp(IPEndPoint address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Feed {Feed} takes HL7 over MLLP{Tls} on {Address}, read by {Mapping}")]
    private partial void LogFeed(string feed, IPEndPoint address, string tls, string mapping);
}
