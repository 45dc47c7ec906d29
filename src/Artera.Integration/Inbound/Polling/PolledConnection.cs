using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Artera.Integration.Inbound.Polling;

/// <summary>
/// A connection as Kestrel knows it. What the loop receives is read by its session at once and on the loop's thread; what the session
/// writes is sent at once, on whatever thread it writes.
/// </summary>
internal sealed class PolledConnection : DefaultConnectionContext
{
    private const long MostUnread = 1024 * 1024;
    private const int MostInOneRound = 64 * 1024;
    private static readonly PipeOptions Options = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: MostUnread, resumeWriterThreshold: MostUnread / 2, useSynchronizationContext: false);

    private readonly PollLoop loop;
    private readonly Pipe input = new(Options);
    private readonly Pipe output = new(Options);
    private readonly CancellationTokenSource closed = new();
    private readonly Task sending;
    private volatile bool isRead = true;
    private bool ended;
    private int left;
    private long answeredAt;

    public PolledConnection(Socket socket, PollLoop loop)
        : base(Guid.NewGuid().ToString("N"))
    {
        (Socket, this.loop) = (socket, loop);
        socket.Blocking = false;
        socket.NoDelay = true;
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = closed.Token;
        Transport = new Ends(input.Reader, output.Writer);
        sending = Send();
    }

    public Socket Socket { get; }

    /// <summary>False: nothing more comes, or what came has not been taken yet.</summary>
    public bool IsRead => isRead;

    /// <summary>When something was sent last.</summary>
    public long AnsweredAt => Volatile.Read(ref answeredAt);

    /// <summary>On the loop's thread, when there is something.</summary>
    public void Receive()
    {
        var (total, more) = (0, true);
        while (more && total < MostInOneRound)
        {
            var memory = input.Writer.GetMemory();
            var length = Socket.Receive(memory.Span, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                break;
            if (length == 0 || error != SocketError.Success)
            {
                End(error == SocketError.Success ? null : new ConnectionResetException($"the connection is gone: {error}"));
                return;
            }

            input.Writer.Advance(length);
            total += length;
            more = length == memory.Length;
        }

        if (total == 0)
            return;
        var flush = input.Writer.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            isRead = !flush.Result.IsCompleted;
            return;
        }

        isRead = false;
        _ = ReadOn(flush);
    }

    /// <summary>By Kestrel, when it cannot wait any longer.</summary>
    public override void Abort(ConnectionAbortedException abortReason) => Leave();

    /// <summary>By Kestrel, when the session is over: what it wrote is sent first.</summary>
    public override async ValueTask DisposeAsync()
    {
        await input.Reader.CompleteAsync();
        await output.Writer.CompleteAsync();
        await sending;
        Leave();
        await base.DisposeAsync();
    }

    /// <summary>On the loop's thread, once and last.</summary>
    public void Close()
    {
        Socket.Dispose();
        End(new ConnectionAbortedException());
        closed.Dispose();
    }

    private void End(Exception? why)
    {
        isRead = false;
        if (ended)
            return;
        ended = true;
        closed.Cancel();
        input.Writer.Complete(why);
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
            loop.Leave(this);
    }

    private async Task ReadOn(ValueTask<FlushResult> flush)
    {
        isRead = !(await flush).IsCompleted;
        loop.Resume();
    }

    private async Task Send()
    {
        try
        {
            ReadResult read;
            do
            {
                read = await output.Reader.ReadAsync();
                foreach (var part in read.Buffer)
                    await Send(part);
                output.Reader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The session learns it from its next flush.
        }
        finally
        {
            await output.Reader.CompleteAsync();
        }
    }

    private async ValueTask Send(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = Socket.Send(bytes.Span, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                sent = await Socket.SendAsync(bytes);
            else if (error != SocketError.Success)
                throw new SocketException((int)error);
            bytes = bytes[sent..];
        }

        Volatile.Write(ref answeredAt, TimeProvider.System.GetTimestamp());
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
