using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Artera.Integration.Inbound.Polling;

/// <summary>
/// The thread of a port. Only it reads from the port's connections, and only it closes them, so that it never asks about a
/// socket that is gone.
/// </summary>
internal sealed partial class PollLoop : IAsyncDisposable
{
    private static readonly TimeSpan UntilFilesAreFree = TimeSpan.FromMilliseconds(50);

    /// <summary>A thread that sleeps takes about as long to wake.</summary>
    private static readonly TimeSpan Awake = TimeSpan.FromMicroseconds(100);

    private readonly Socket listener;
    private readonly Action<PolledConnection> accept;
    private readonly Journal journal;
    private readonly Pressure pressure;
    private readonly ILogger log;
    private readonly PollAlarm alarm = new();
    private readonly Dictionary<Socket, PolledConnection> connections = [];
    private readonly ConcurrentQueue<PolledConnection> leaving = new();
    private readonly TaskCompletionSource unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Socket> ready = [];
    private bool promptly;
    private volatile bool accepting = true;
    private volatile bool running = true;

    public PollLoop(Socket listener, Action<PolledConnection> accept, Journal journal, Pressure pressure, ILogger log)
    {
        (this.listener, this.accept, this.journal, this.pressure, this.log) = (listener, accept, journal, pressure, log);
        new Thread(Run) { IsBackground = true, Name = "MLLP" }.Start();
    }

    public Task StopAccepting()
    {
        accepting = false;
        alarm.Ring();
        return unbound.Task;
    }

    /// <summary>After its last byte is sent; the socket is closed by the loop.</summary>
    public void Leave(PolledConnection connection)
    {
        leaving.Enqueue(connection);
        alarm.Ring();
    }

    /// <summary>A connection that had too much to read is to be read again.</summary>
    public void Resume() => alarm.Ring();

    public async ValueTask DisposeAsync()
    {
        running = false;
        alarm.Ring();
        await ended.Task;
    }

    private void Run()
    {
        while (running)
        {
            Journal.Gather();
            ReadRound();
            while (leaving.TryDequeue(out var connection))
            {
                connections.Remove(connection.Socket);
                connection.Close();
            }

            journal.CommitGathered();
            // The thread is the port's own: nothing but reading waits for it, and a stop at most a second.
            if (pressure.Pause is { Ticks: >= TimeSpan.TicksPerMillisecond } pause)
                Thread.Sleep(pause);
        }

        foreach (var connection in connections.Values)
            connection.Close();
        listener.Dispose();
        alarm.Dispose();
        ended.SetResult();
    }

    // A sender that has just sent on as soon as it was answered is waited for without sleeping.
    private void ReadRound()
    {
        for (var start = TimeProvider.System.GetTimestamp(); promptly; promptly = TimeProvider.System.GetElapsedTime(start) < Awake)
        {
            if (Read(0) > 0)
                return;
        }

        Read(Timeout.Infinite);
    }

    private int Read(int patience)
    {
        if (!accepting && unbound.TrySetResult())
            listener.Dispose();
        ready.Clear();
        ready.Add(alarm.Socket);
        if (accepting)
            ready.Add(listener);
        foreach (var (socket, connection) in connections)
        {
            if (connection.IsRead)
                ready.Add(socket);
        }

        Socket.Select(ready, null, null, patience);
        foreach (var socket in ready)
            Serve(socket);
        return ready.Count;
    }

    private void Serve(Socket socket)
    {
        if (connections.TryGetValue(socket, out var connection))
            Receive(connection);
        else if (socket == listener)
            Accept();
        else
            alarm.Silence();
    }

    private void Receive(PolledConnection connection)
    {
        promptly = TimeProvider.System.GetElapsedTime(connection.AnsweredAt) < Awake;
        connection.Receive();
    }

    private void Accept()
    {
        try
        {
            var socket = listener.Accept();
            var connection = new PolledConnection(socket, this);
            connections.Add(socket, connection);
            accept(connection);
        }
        catch (SocketException trouble) when (trouble.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            // Who had knocked has gone.
        }
        catch (SocketException trouble)
        {
            LogTrouble(trouble.SocketErrorCode);
            Thread.Sleep(UntilFilesAreFree);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection could not be taken: {Error}")]
    private partial void LogTrouble(SocketError error);
}
