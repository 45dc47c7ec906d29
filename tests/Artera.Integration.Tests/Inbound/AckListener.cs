using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

/// <summary>Where an EMR takes application acknowledgements: a real listener that answers each as it is told.</summary>
internal sealed class AckListener : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> script = new();
    private readonly ConcurrentQueue<string> received = new();
    private readonly List<TcpClient> clients = [];
    private readonly Task accepting;

    private AckListener(TcpListener listener)
    {
        this.listener = listener;
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What came, resends too.</summary>
    public IReadOnlyList<string> Received => [.. received];

    public static AckListener Start(int port = 0)
    {
        var open = new TcpListener(IPAddress.Loopback, port);
        open.Start();
        return new AckListener(open);
    }

    /// <summary>MSA-1 of the next answers; empty for none at all. Then CA.</summary>
    public void Script(params string[] codes) => Array.ForEach(codes, script.Enqueue);

    public async Task<IReadOnlyList<string>> Until(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (received.Count < count)
            await Task.Delay(20, patience.Token);
        return Received;
    }

    /// <summary>MSA-2 of all that came.</summary>
    public IEnumerable<string> Answered() => Received.Select(Answers);

    public static KeyValuePair<string, string?>[] Settings(int port) =>
    [
        new("Feeds:0:Mllp:ApplicationAcks:Host", "127.0.0.1"),
        new("Feeds:0:Mllp:ApplicationAcks:Port", port.ToString(CultureInfo.InvariantCulture)),
        new("Feeds:0:Mllp:ApplicationAcks:AckTimeout", "00:00:01"),
    ];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        clients.ForEach(client => client.Dispose());
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                clients.Add(client);
                _ = Task.Run(() => Converse(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Converse(TcpClient client)
    {
        var stream = client.GetStream();
        var unread = new List<byte>();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                unread.AddRange(buffer[..read]);
                for (var end = unread.IndexOf(0x1C); end >= 0 && unread.Count > end + 1; end = unread.IndexOf(0x1C))
                {
                    var message = Encoding.UTF8.GetString([.. unread[1..end]]);
                    unread.RemoveRange(0, end + 2);
                    received.Enqueue(message);
                    var code = script.TryDequeue(out var scripted) ? scripted : "CA";
                    if (code.Length > 0)
                        await stream.WriteAsync(MllpPeer.Frame($"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|20261026090000||ACK|E{received.Count}|P|2.5.1\rMSA|{code}|{Fields(message, "MSH")[9]}\r"), stop.Token);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server hung up, or the listener was stopped.
        }
    }
}
