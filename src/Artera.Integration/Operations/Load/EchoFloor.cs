using System.Net;
using System.Net.Sockets;
using Artera.Integration.Feeds;

namespace Artera.Integration.Operations.Load;

/// <summary>
/// What the same senders get from a listener that keeps nothing and reads nothing: it answers each frame at once. Nobody
/// who answers can be faster on this machine.
/// </summary>
internal sealed class EchoFloor : IDisposable
{
    private static readonly byte[] Answer = "\u000bMSH|^~\\&|ARTERA|INTEGRATION|SCHEDULING|NORTHSIDE|20261026090000||ACK^S12^ACK|0123456789|P|2.5.1\rMSA|AA|\r\u001c\r"u8.ToArray();
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private EchoFloor()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Messages a second over as many connections.</summary>
    public static double Measure(LoadMessages source, int connections, CancellationToken cancellation)
    {
        using var echo = new EchoFloor();
        var destination = new MllpDestination { Host = "127.0.0.1", Port = ((IPEndPoint)echo.listener.LocalEndPoint!).Port };
        return new LoadRun(destination, source, Messages(connections), rate: null) { MatchControlIds = false }.Run(connections, cancellation).PerSecond;
    }

    public void Dispose() => listener.Dispose();

    private static int Messages(int connections) => 20_000 * Math.Min(connections, 8);

    private void Accept()
    {
        try
        {
            while (true)
            {
                var connection = listener.Accept();
                connection.NoDelay = true;
                new Thread(() => Echo(connection)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // Disposed: measured.
        }
    }

    private static void Echo(Socket connection)
    {
        using (connection)
        {
            var buffer = new byte[64 * 1024];
            var length = 0;
            while (connection.Receive(buffer.AsSpan(length)) is > 0 and var read)
            {
                length += read;
                if (buffer[length - 2] != 0x1C)
                    continue;
                connection.Send(Answer);
                length = 0;
            }
        }
    }
}
