using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Artera.Integration.Tests.Chaos;

/// <summary>The cable between two who talk, such as an interface engine and a node: it can be cut, be slow, or lose what comes back.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> ends = new();
    private readonly CancellationTokenSource closing = new();
    private readonly int target;
    private readonly Task accepting;

    /// <param name="target">The port at the other end.</param>
    public Wire(int target)
    {
        this.target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    /// <summary>How late everything arrives.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What the node says does not arrive.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Nothing that is said to the node arrives.</summary>
    public bool LosesQuestions { get; set; }

    /// <summary>Something was said that did not arrive.</summary>
    public bool HasLost { get; private set; }

    /// <summary>Every connection breaks, in the middle of whatever it carries.</summary>
    public void Cut()
    {
        foreach (var end in ends.Keys)
            Break(end);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Carry(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            // The wire was taken away.
        }
    }

    private async Task Carry(TcpClient engine)
    {
        using var node = new TcpClient { NoDelay = true };
        engine.NoDelay = true;
        ends.TryAdd(engine, 0);
        ends.TryAdd(node, 0);
        try
        {
            await node.ConnectAsync(IPAddress.Loopback, target, closing.Token);
            await Task.WhenAny(Copy(engine, node, answers: false), Copy(node, engine, answers: true));
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // Nobody is at the other end.
        }

        Break(engine);
        Break(node);
        ends.TryRemove(engine, out _);
        ends.TryRemove(node, out _);
        engine.Dispose();
    }

    private async Task Copy(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[8192];
        var deaf = false;
        try
        {
            while (await from.GetStream().ReadAsync(buffer, closing.Token) is > 0 and var read)
            {
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, closing.Token);
                // As TCP has it: what comes after something that was lost does not arrive either.
                deaf |= answers ? LosesAnswers : LosesQuestions;
                if (deaf)
                    HasLost = true;
                else
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), closing.Token);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or one end hung up.
        }
    }

    private static void Break(TcpClient end)
    {
        try
        {
            if (end.Client is not { } socket)
                return;
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It is broken already.
        }
    }
}
