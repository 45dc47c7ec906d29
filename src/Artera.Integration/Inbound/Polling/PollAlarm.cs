using System.Net;
using System.Net.Sockets;

namespace Artera.Integration.Inbound.Polling;

/// <summary>A socket that becomes readable when somebody rings: it ends a wait for other sockets.</summary>
internal sealed class PollAlarm : IDisposable
{
    private readonly byte[] one = new byte[1];
    private int rung;

    public PollAlarm()
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
    }

    public Socket Socket { get; }

    public void Ring()
    {
        if (Interlocked.Exchange(ref rung, 1) != 0)
            return;
        try
        {
            Socket.Send(one, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    /// <summary>Before looking at what it was rung for: who rings from now on is heard again.</summary>
    public void Silence()
    {
        Socket.Receive(one, SocketFlags.None, out _);
        Volatile.Write(ref rung, 0);
    }

    public void Dispose() => Socket.Dispose();
}
