using System.Net;
using System.Net.Sockets;

namespace Artera.Integration.Tests.Harness;

/// <summary>The cable to a database: it breaks when so many things have been said to it, and holds from then on.</summary>
internal sealed class WireThatBreaksOnce : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly int at;
    private readonly Task accepting;
    private int said;

    public WireThatBreaksOnce(int target, int at)
    {
        (this.target, this.at) = (target, at);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    public bool HasBroken => Volatile.Read(ref said) >= at;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Carry(await listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The wire was taken away.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var there = client;
        using var here = new TcpClient { NoDelay = true };
        await here.ConnectAsync(IPAddress.Loopback, target);
        await Task.WhenAny(Copy(there, here, () => Interlocked.Increment(ref said) != at), Copy(here, there, () => true));
    }

    private static async Task Copy(TcpClient from, TcpClient to, Func<bool> holds)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read && holds())
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end hung up.
        }
    }
}
