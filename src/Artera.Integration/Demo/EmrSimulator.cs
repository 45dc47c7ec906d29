using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Artera.Integration.Feeds;

namespace Artera.Integration.Demo;

/// <summary>
/// An EMR that does not exist, at the other end of two real connections: it sends its messages to a feed and takes the
/// answers that come back. It knows nothing of the server but its port.
/// </summary>
public sealed class EmrSimulator : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<SimulatedAnswer> script = new();
    private readonly ConcurrentDictionary<Task, byte> conversations = new();
    private readonly List<ReceivedAnswer> received = [];
    private readonly HashSet<string> controlIds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> took = new(StringComparer.Ordinal);
    private readonly MllpConnection? feed;
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly Task accepting;

    private EmrSimulator(TcpListener listener, int? feedPort)
    {
        this.listener = listener;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        feed = feedPort is { } port ? new MllpConnection(new MllpDestination { Port = port }) : null;
        accepting = Accept();
    }

    /// <summary>Where it listens for answers.</summary>
    public int Port { get; }

    /// <summary>What it knows of its own visits, by id.</summary>
    public ConcurrentDictionary<string, SimulatedVisit> Book { get; } = new(StringComparer.Ordinal);

    /// <summary>What to do once an answer has been taken into the book, such as sending the echo.</summary>
    public Func<ReceivedAnswer, SimulatedVisit?, Task>? Taken { get; set; }

    /// <summary>How long a late answer is late.</summary>
    public TimeSpan Lateness { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>It closes the connection after each answer, as some EMRs do.</summary>
    public bool HangsUpAfterEach { get; set; }

    /// <summary>How many connections it has taken.</summary>
    public int Connections { get; private set; }

    /// <summary>How many of them are open.</summary>
    public int OpenConnections => conversations.Count;

    /// <summary>Everything that came, resends too, in order.</summary>
    public IReadOnlyList<ReceivedAnswer> Received
    {
        get
        {
            lock (received)
                return [.. received];
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="feedPort">The port of the server's feed on this machine; null for a simulator that only listens.</param>
    /// <param name="port">Where to listen for answers; 0 takes a free port.</param>
    public static EmrSimulator Start(int? feedPort = null, int port = 0)
    {
        var answers = new TcpListener(IPAddress.Loopback, port);
        answers.Start();
        return new EmrSimulator(answers, feedPort);
    }

    /// <summary>Says how the next answers are acknowledged; when the script has run out they are accepted.</summary>
    public void Script(params ReadOnlySpan<SimulatedAnswer> answers)
    {
        foreach (var answer in answers)
            script.Enqueue(answer);
    }

    /// <summary>Sends one message to the feed and waits for its acknowledgement.</summary>
    public async Task<MllpReply> Send(ReadOnlyMemory<byte> message, CancellationToken cancellation = default)
    {
        await sending.WaitAsync(cancellation);
        try
        {
            return await feed!.Send(message, TimeSpan.FromSeconds(30), cancellation);
        }
        finally
        {
            sending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations.Keys);
        if (feed is not null)
            await feed.DisposeAsync();
        sending.Dispose();
        listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                var conversation = Converse(client);
                conversations.TryAdd(conversation, 0);
                _ = conversation.ContinueWith(done => conversations.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The simulator was stopped.
        }
    }

    private async Task Converse(TcpClient client)
    {
        using (client)
        {
            var conversation = new SimulatedConversation(client.GetStream());
            try
            {
                while (await conversation.Next(stop.Token) is { } message)
                {
                    if (!await Answer(conversation, message))
                        return;
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The other side hung up, or the simulator was stopped.
            }
        }
    }

    /// <summary>Answers one message as the script says.</summary>
    /// <returns>False: hang up.</returns>
    private async Task<bool> Answer(SimulatedConversation conversation, byte[] message)
    {
        var how = script.TryDequeue(out var scripted) ? scripted : SimulatedAnswer.Accept;
        ReceivedAnswer answer;
        lock (received)
        {
            answer = ReceivedAnswer.Read(message, how, isResend: controlId => !controlIds.Add(controlId));
            received.Add(answer);
        }

        if (how == SimulatedAnswer.Silence)
            return true;
        if (how == SimulatedAnswer.HangUp)
            return false;
        if (how == SimulatedAnswer.Late)
            await Task.Delay(Lateness, stop.Token);

        var taken = how is SimulatedAnswer.Accept or SimulatedAnswer.Late && answer.Problem is null && took.TryAdd(answer.ControlId, 0);
        var visit = taken ? Take(answer) : null;
        await conversation.Reply(answer.Acknowledgement(), stop.Token);
        if (taken && Taken is { } tell)
            await tell(answer, visit);
        return !HangsUpAfterEach;
    }

    private SimulatedVisit? Take(ReceivedAnswer answer)
    {
        if (!Book.TryGetValue(answer.AppointmentId, out var visit))
            return null;
        return Book[answer.AppointmentId] = visit with { Status = answer.Status.Length > 0 ? answer.Status : visit.Status };
    }
}
