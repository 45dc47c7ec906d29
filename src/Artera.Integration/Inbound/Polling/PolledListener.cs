using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Artera.Integration.Inbound.Polling;

/// <summary>A port: Kestrel takes its connections from here, <see cref="PollLoop"/> reads them.</summary>
internal sealed class PolledListener : IConnectionListener
{
    private readonly Channel<ConnectionContext> accepted = Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });
    private readonly PollLoop loop;

    public PolledListener(IPEndPoint endpoint, Journal journal, Pressure pressure, ILogger<PolledTransport> log)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            // As Kestrel has it: the address "any" of IPv6 takes IPv4 as well.
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endpoint);
            socket.Listen();
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(taken.Message, taken);
        }

        EndPoint = socket.LocalEndPoint!;
        loop = new PollLoop(socket, connection => accepted.Writer.TryWrite(connection), journal, pressure, log);
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (accepted.Reader.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await loop.StopAccepting();
        accepted.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        await loop.DisposeAsync();
    }
}
