using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Feeds;

/// <summary>
/// The sending side of MLLP: one connection, one message in flight. It connects when there is something to send
/// and again after it was lost. When an answer does not come in time the connection is closed, so that a late
/// acknowledgement can never be read as the answer to the next message.
/// </summary>
/// <param name="destination">Where to connect.</param>
/// <param name="log">Told of control ids when an answer belongs to another message.</param>
public sealed partial class MllpConnection(MllpDestination destination, ILogger? log = null) : IAsyncDisposable
{
    private const int LongestAnswer = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> output = new();
    private CancellationTokenSource limit = new();
    private MllpFrames? frames;
    private Socket? socket;
    private Stream? stream;
    private PipeReader? answers;

    /// <summary>Sends one message and waits for the answer whose MSA-2 is the message's MSH-10.</summary>
    /// <param name="message">The message without frame characters.</param>
    /// <param name="timeout">How long to wait for the answer once connected.</param>
    /// <param name="cancellation">Stops waiting and closes the connection; the outcome is then unknown.</param>
    /// <returns>The answer, or why there is none; only cancellation throws.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<MllpReply> Send(ReadOnlyMemory<byte> message, TimeSpan timeout, CancellationToken cancellation)
    {
        if (await Connect(cancellation) is { } trouble)
            return MllpReply.NotConnected(trouble);

        StartClock(timeout);
        using var stop = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        var controlId = Hl7Message.TryRead(message, out _)?.ControlId ?? "";
        var stray = ReadOnlyMemory<byte>.Empty;
        var answered = false;
        try
        {
            output.ResetWrittenCount();
            MllpFrames.Write(output, message.Span);
            await stream!.WriteAsync(output.WrittenMemory, limit.Token);
            while (await NextFrame(limit.Token) is { } frame)
            {
                var reply = AckReply.TryRead(frame);
                if (reply is not null && reply.ControlId == controlId)
                {
                    answered = true;
                    return new MllpReply(ReplyKind.Answered, reply, frame);
                }

                stray = frame;
                if (log is not null)
                    LogStray(log, controlId, reply?.ControlId ?? "");
            }

            return MllpReply.NoAnswer("connection-lost", stray);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return MllpReply.NoAnswer(stray.IsEmpty ? "no-answer" : "answer-for-another", stray);
        }
        catch (Exception lost) when (lost is IOException or SocketException)
        {
            return MllpReply.NoAnswer("connection-lost", stray);
        }
        finally
        {
            if (!answered)
                await Close();
        }
    }

    /// <summary>Closes the connection; the next send opens it again.</summary>
    public async ValueTask Close()
    {
        if (answers is not null)
            await answers.CompleteAsync();
        if (stream is not null)
            await stream.DisposeAsync();
        socket?.Dispose();
        (answers, stream, socket) = (null, null, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Close();
        limit.Dispose();
    }

    private async ValueTask<string?> Connect(CancellationToken cancellation)
    {
        // A peer that hung up while nothing was under way is no trouble: connect again without a word.
        if (socket is not null && !(socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0))
            return null;

        await Close();
        StartClock(destination.ConnectTimeout);
        using var stop = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            KeepAlive(socket);
            await socket.ConnectAsync(destination.Host, destination.Port, limit.Token);
            stream = new NetworkStream(socket, ownsSocket: false);
            if (destination.Tls)
                stream = await Secure(stream, limit.Token);
            answers = PipeReader.Create(stream);
            frames = new MllpFrames(LongestAnswer);
            return null;
        }
        catch (Exception failed) when (failed is SocketException or IOException or AuthenticationException or CryptographicException or OperationCanceledException)
        {
            await Close();
            cancellation.ThrowIfCancellationRequested();
            return failed switch
            {
                SocketException refused => refused.SocketErrorCode.ToString(),
                OperationCanceledException => "connect-timeout",
                _ => "tls",
            };
        }
    }

    private async Task<Stream> Secure(Stream plain, CancellationToken cancellation)
    {
        var secured = new SslStream(plain);
        stream = secured;
        await secured.AuthenticateAsClientAsync(ClientTls.For(destination), cancellation);
        return secured;
    }

    /// <summary>The next whole frame, or null when the peer has hung up.</summary>
    private async ValueTask<byte[]?> NextFrame(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await answers!.ReadAsync(cancellation);
            var buffer = read.Buffer;
            byte[]? frame = null;
            while (frame is null && frames!.TryRead(ref buffer, out var payload, out var kind))
                frame = kind == MllpFrameKind.Complete ? payload.ToArray() : null;
            answers.AdvanceTo(buffer.Start, frame is null ? buffer.End : buffer.Start);
            if (frame is not null || read.IsCompleted)
                return frame;
        }
    }

    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private void StartClock(TimeSpan time)
    {
        if (!limit.TryReset())
        {
            limit.Dispose();
            limit = new CancellationTokenSource();
        }

        limit.CancelAfter(time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer to {AnsweredId} was discarded while {ControlId} waits for its own")]
    private static partial void LogStray(ILogger log, string controlId, string answeredId);
}
