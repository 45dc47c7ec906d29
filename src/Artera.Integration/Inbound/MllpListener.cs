using Artera.Integration.Feeds;
using Microsoft.AspNetCore.Connections;

namespace Artera.Integration.Inbound;

/// <summary>What a feed's endpoint does with a connection.</summary>
internal sealed partial class MllpListener(
    Feed feed, Answers answers, Journal journal, InboundMeter meter, TimeProvider time, ILogger<MllpListener> log)
{
    private readonly Intake intake = new(feed, answers, meter, time);

    /// <summary>The first thing on a connection, before TLS: addresses that may not connect are hung up on.</summary>
    public ConnectionDelegate Admit(ConnectionDelegate next) => connection =>
    {
        var address = (connection.RemoteEndPoint as System.Net.IPEndPoint)?.Address;
        if (feed.AllowFrom.Allows(address))
            return next(connection);
        LogRefused(feed.Name, address);
        return Task.CompletedTask;
    };

    public async Task Serve(ConnectionContext connection)
    {
        using var session = new MllpSession(connection, feed, intake, journal, meter, time);
        try
        {
            await session.Run();
        }
        catch (Exception lost) when (lost is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            LogLost(feed.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: {Address} is not in AllowFrom")]
    private partial void LogRefused(string feed, System.Net.IPAddress? address);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Feed}: a connection was lost")]
    private partial void LogLost(string feed);
}
