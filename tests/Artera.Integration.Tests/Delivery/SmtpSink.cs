using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Artera.Integration.Tests.Delivery;

/// <summary>An SMTP server on a real socket that keeps what it is given, and fails as it is told to.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<Mail> mails = new();
    private readonly ConcurrentQueue<(Step At, string? Answer)> next = new();
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        accepting = Accept();
    }

    public enum Step
    {
        Recipient,
        Data,

        /// <summary>After the message: it is kept.</summary>
        Taken,

        /// <summary>After the message, and it is not kept.</summary>
        Lost,
    }

    /// <param name="Sender">MAIL FROM, with its parameters.</param>
    /// <param name="Recipient">RCPT TO, with its parameters.</param>
    public sealed record Mail(string Sender, string Recipient, byte[] Raw)
    {
        public MimeMessage Read() => MimeMessage.Load(new MemoryStream(Raw));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyCollection<Mail> Mails => mails;

    /// <summary>What the next connection is answered at a step; null: nothing, and no more.</summary>
    public void NextSays(Step at, string? answer) => next.Enqueue((at, answer));

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Talk(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            // The sink is closed.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var peer = client;
        try
        {
            await Talk(peer.GetStream());
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went.
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var lines = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        (Step At, string? Answer)? mood = next.TryDequeue(out var one) ? one : null;
        var (sender, recipient) = ("", "");
        await Say("220 sink.example.org ESMTP");
        while (await lines.ReadLineAsync(closing.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await Say("250-sink.example.org\r\n250-DSN\r\n250 8BITMIME");
                    break;
                case "MAIL":
                    sender = line;
                    await Say("250 2.1.0 ok");
                    break;
                case "RCPT":
                    recipient = line;
                    await Answer(Step.Recipient, "250 2.1.5 ok");
                    break;
                case "DATA":
                    await Answer(Step.Data, "354 go on");
                    if (mood is { At: Step.Data })
                        break;
                    var raw = await Message();
                    if (mood is not { At: Step.Lost })
                        mails.Enqueue(new Mail(sender, recipient, raw));
                    await Answer(mood is { At: Step.Lost } ? Step.Lost : Step.Taken, "250 2.0.0 taken");
                    break;
                case "QUIT":
                    await Say("221 bye");
                    return;
                default:
                    await Say("250 ok");
                    break;
            }
        }

        async Task Answer(Step at, string usual)
        {
            if (mood is not { } told || told.At != at)
                await Say(usual);
            else if (told.Answer is { } answer)
                await Say(answer);
            else
                await Task.Delay(Timeout.Infinite, closing.Token);
        }

        async Task Say(string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"), closing.Token);

        async Task<byte[]> Message()
        {
            var text = new StringBuilder();
            while (await lines.ReadLineAsync(closing.Token) is { } line && line != ".")
                text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            return Encoding.Latin1.GetBytes(text.ToString());
        }
    }
}
