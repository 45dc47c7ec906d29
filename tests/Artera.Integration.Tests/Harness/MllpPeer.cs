using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Artera.Integration.Tests.Harness;

/// <summary>An EMR's end of an MLLP connection, down to the bytes.</summary>
public sealed class MllpPeer : IAsyncDisposable
{
    private readonly TcpClient tcp;
    private readonly Stream stream;
    private readonly List<byte> unread = [];

    private MllpPeer(TcpClient client, Stream stream) => (tcp, this.stream) = (client, stream);

    public static async Task<MllpPeer> Connect(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new MllpPeer(client, client.GetStream());
    }

    public static async Task<MllpPeer> ConnectTls(int port, X509Certificate2? show, Func<X509Certificate, bool> trust)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        var secured = new SslStream(client.GetStream());
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = show is null ? null : [show],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => trust(certificate!),
        });
        return new MllpPeer(client, secured);
    }

    public static byte[] Frame(string message) => [0x0B, .. Encoding.UTF8.GetBytes(message), 0x1C, 0x0D];

    public async Task Write(byte[] bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    public Task Send(string message) => Write(Frame(message));

    /// <summary>Sends one message and returns its answer.</summary>
    public async Task<string> Ask(string message)
    {
        await Send(message);
        return await Read() ?? throw new IOException("the server hung up");
    }

    /// <summary>The next frame's payload; null when the server has hung up.</summary>
    public async Task<string?> Read()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[4096];
        while (true)
        {
            var end = unread.IndexOf(0x1C);
            if (end >= 0 && unread.Count > end + 1)
            {
                var text = Encoding.UTF8.GetString([.. unread[1..end]]);
                unread.RemoveRange(0, end + 2);
                return text;
            }

            int read;
            try
            {
                read = await stream.ReadAsync(buffer, patience.Token);
            }
            catch (IOException)
            {
                return null;
            }

            if (read == 0)
                return null;
            unread.AddRange(buffer[..read]);
        }
    }

    /// <summary>Says that nothing more will be sent, and still listens.</summary>
    public void FinishSending() => tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Goes without a word (RST).</summary>
    public void Reset()
    {
        tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        tcp.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        tcp.Dispose();
    }
}
