using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Artera.Integration.Inbound.Polling;

/// <summary>
/// The transport of MLLP endpoints. One thread of a port reads what all its connections have sent, and what it found in
/// one round is kept in one commit; nobody is woken in between. Kestrel's own transport, which serves HTTP, wakes two or three threads for
/// each message.
/// </summary>
internal sealed class PolledTransport(Journal journal, Pressure pressure, ILogger<PolledTransport> log) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is MllpEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new PolledListener((IPEndPoint)endpoint, journal, pressure, log));
}

/// <summary>An address where MLLP is spoken.</summary>
internal sealed class MllpEndPoint(IPAddress address, int port) : IPEndPoint(address, port);
