using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Chaos;

/// <summary>
/// One queue of an interface engine, as they are: one message after the other, each again until it is acknowledged, over
/// whichever node can be reached.
/// </summary>
internal sealed class InterfaceEngine(IReadOnlyList<Wire> wires, Dice dice) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentQueue<string> acknowledged = new();
    private MllpPeer? peer;
    private int attempts;

    /// <summary>Control ids, in the order of their acknowledgements.</summary>
    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    /// <summary>How often it sent something, resends too.</summary>
    public int Attempts => attempts;

    public async Task Send(string controlId, byte[] message, CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetString(message);
        while (!await IsTaken(controlId, text))
            await Task.Delay(dice.Between(0.02, 0.3), cancellation);
        acknowledged.Enqueue(controlId);
    }

    public async ValueTask DisposeAsync() => await HangUp();

    private async Task<bool> IsTaken(string controlId, string message)
    {
        attempts++;
        try
        {
            peer ??= await MllpPeer.Connect(dice.Of(wires).Port).WaitAsync(Patience);
            var answer = await peer.Ask(message).WaitAsync(Patience);
            Samples.Answers(answer).ShouldBe(controlId);
            if (Samples.Code(answer) == "AA")
                return true;
            Samples.Code(answer).ShouldBe("AE");
            return false;
        }
        catch (Exception lost) when (lost is IOException or SocketException or TimeoutException)
        {
            await HangUp();
            return false;
        }
    }

    private async Task HangUp()
    {
        if (peer is not null)
            await peer.DisposeAsync();
        peer = null;
    }
}
