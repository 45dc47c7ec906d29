using Artera.Integration.Demo;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Chaos;

/// <summary>Breaks one thing after the other, now and then two at a time; each kind of trouble comes before any comes again.</summary>
internal sealed class Storm(Cell cell, IReadOnlyList<ServerProcess> nodes, IReadOnlyList<Wire> wires, Dice dice) : IDisposable
{
    private static readonly SimulatedAnswer[] BadAnswers =
        [SimulatedAnswer.Error, SimulatedAnswer.Silence, SimulatedAnswer.Late, SimulatedAnswer.WrongId, SimulatedAnswer.HangUp];

    private static readonly TwilioStandIn.Fate[] BadFates = [.. Enum.GetValues<TwilioStandIn.Fate>().Where(fate => fate != TwilioStandIn.Fate.Fine)];

    private readonly SemaphoreSlim nodesTurn = new(1, 1);
    private readonly List<string> log = [];
    private double badness;

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Log => log;

    public async Task Rage(TimeSpan time, CancellationToken cancellation)
    {
        cell.Twilio.Mood = () => dice.Says(badness) ? dice.Of(BadFates) : TwilioStandIn.Fate.Fine;
        cell.Twilio.LookingMood = () => dice.Says(badness / 2) ? dice.Of(BadFates) : TwilioStandIn.Fate.Fine;
        badness = 0.03;
        var since = TimeProvider.System.GetTimestamp();
        var under = new List<Task>();
        bool IsOver() => TimeProvider.System.GetElapsedTime(since) >= time;
        for (var every = true; every || !IsOver(); every = false)
        {
            foreach (var (name, trouble) in dice.Shuffled(Troubles()).TakeWhile(_ => every || !IsOver()))
            {
                log.Add($"{TimeProvider.System.GetElapsedTime(since):mm\\:ss\\.f} {name}");
                under.Add(Task.Run(() => trouble(cancellation), cancellation));
                await Task.Delay(dice.Between(0.5, 3), cancellation);
            }
        }

        await Task.WhenAll(under);
        badness = 0;
    }

    public void Dispose() => nodesTurn.Dispose();

    private IEnumerable<(string Name, Func<CancellationToken, Task> Trouble)> Troubles() =>
    [
        ("a node is killed", KillANode),
        ("a node is killed", KillANode),
        ("a node is frozen", FreezeANode),
        ("PostgreSQL crashes", _ => cell.Postgres.CrashAndRecover()),
        ("PostgreSQL is restarted", _ => cell.Postgres.Restart()),
        ("the wires to the nodes are cut", stop => Cut(wires, stop)),
        ("a wire to a node is slow", stop => Slow(wires, stop)),
        ("a wire to a node loses answers", stop => LoseAnswers(wires, stop)),
        ("the wires to Twilio, the EMR or PostgreSQL are cut", stop => Cut(cell.Wires, stop)),
        ("the wire to Twilio, the EMR or PostgreSQL is slow", stop => Slow(cell.Wires, stop)),
        ("the wire to Twilio, the EMR or PostgreSQL loses answers", stop => LoseAnswers(cell.Wires, stop)),
        ("Twilio is unwell", SickenTwilio),
        ("the EMR answers badly", SickenTheEmr),
    ];

    private async Task KillANode(CancellationToken cancellation)
    {
        await nodesTurn.WaitAsync(cancellation);
        try
        {
            var node = dice.Of(nodes);
            await node.Kill();
            await Task.Delay(dice.Between(0, 1.5), cancellation);
            while (!await Starts(node))
                await Task.Delay(dice.Between(0.1, 0.5), cancellation);
        }
        finally
        {
            nodesTurn.Release();
        }
    }

    /// <summary>A server ends when it finds no database; whoever supervises it starts it again.</summary>
    private static async Task<bool> Starts(ServerProcess node)
    {
        try
        {
            await node.Start();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>For less long than it takes others to be sure that a text of its has not left.</summary>
    private async Task FreezeANode(CancellationToken cancellation)
    {
        await nodesTurn.WaitAsync(cancellation);
        try
        {
            var node = dice.Of(nodes);
            await node.Freeze();
            await Task.Delay(dice.Between(0.5, 4), cancellation);
            await node.Thaw();
        }
        finally
        {
            nodesTurn.Release();
        }
    }

    private async Task Cut(IReadOnlyList<Wire> any, CancellationToken cancellation)
    {
        for (var cut = dice.Below(5); cut >= 0; cut--)
        {
            dice.Of(any).Cut();
            await Task.Delay(dice.Between(0.05, 0.5), cancellation);
        }
    }

    private async Task Slow(IReadOnlyList<Wire> any, CancellationToken cancellation)
    {
        var wire = dice.Of(any);
        wire.Delay = dice.Between(0.05, 0.8);
        await Task.Delay(dice.Between(0.5, 3), cancellation);
        wire.Delay = TimeSpan.Zero;
    }

    private async Task LoseAnswers(IReadOnlyList<Wire> any, CancellationToken cancellation)
    {
        var wire = dice.Of(any);
        wire.LosesAnswers = true;
        await Task.Delay(dice.Between(0.5, 3), cancellation);
        wire.LosesAnswers = false;
        wire.Cut();
    }

    private async Task SickenTwilio(CancellationToken cancellation)
    {
        badness = 0.5;
        await Task.Delay(dice.Between(1, 4), cancellation);
        badness = 0.03;
    }

    private Task SickenTheEmr(CancellationToken cancellation)
    {
        cell.Emr.Script([.. Enumerable.Range(0, 2 + dice.Below(6)).Select(_ => dice.Of(BadAnswers))]);
        return Task.CompletedTask;
    }
}
