using System.Net.Sockets;
using Artera.Integration.Feeds;

namespace Artera.Integration.Operations.Load;

/// <summary>
/// Some of a run's senders, on one thread: with a thread each they would cost the machine more than the receiver that is measured.
/// </summary>
internal sealed class LoadShare(LoadRun run, MllpDestination destination, int connections) : IDisposable
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(100);
    private readonly Stack<LoadSender> free = new(Enumerable.Range(0, connections).Select(_ => new LoadSender(destination)));
    private readonly Dictionary<Socket, LoadSender> waiting = [];
    private readonly List<Socket> readable = [];
    private bool failed;

    public void Send(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (failed)
                cancellation.WaitHandle.WaitOne(BeforeTryingAgain);
            failed = false;
            while (!failed && free.Count > 0 && run.Take() is { } number)
                Begin(free.Pop(), number);
            if (waiting.Count > 0)
                Await();
            else if (run.UntilNext() is { } pause)
                cancellation.WaitHandle.WaitOne(pause);
            else
                return;
        }
    }

    public void Dispose()
    {
        foreach (var sender in free.Concat(waiting.Values))
            sender.Dispose();
    }

    private void Begin(LoadSender sender, int number)
    {
        (sender.Number, sender.From) = (number, run.From(number));
        if (sender.Send(run.Message(number)) is { } socket)
            waiting.Add(socket, sender);
        else
            End(sender, accepted: false);
    }

    private void Await()
    {
        readable.Clear();
        readable.AddRange(waiting.Keys);
        var pause = free.Count > 0 ? run.UntilNext() : null;
        // Who is waited for alone need not be looked for.
        if (readable.Count > 1 || pause is not null)
            Socket.Select(readable, null, null, pause ?? LoadSender.Patience);
        if (readable.Count == 0 && pause is null)
            readable.AddRange(waiting.Keys);
        foreach (var socket in readable)
        {
            waiting.Remove(socket, out var sender);
            End(sender!, sender!.Receive(run.ControlId(sender.Number)));
        }
    }

    private void End(LoadSender sender, bool accepted)
    {
        run.Ended(sender.Number, sender.From, accepted);
        free.Push(sender);
        failed |= !accepted;
    }
}
