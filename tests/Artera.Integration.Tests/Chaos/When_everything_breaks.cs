using System.Globalization;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Chaos;

/// <summary>
/// Nodes on one PostgreSQL under load, while nodes are killed and frozen, PostgreSQL crashes and is restarted, the wires to the nodes and from
/// them to Twilio, to the EMR and to PostgreSQL are cut, slow, and lose answers, Twilio and the EMR answer badly, late or not at all, and what they say comes twice and out of order. When it has become quiet again
/// nothing is lost and nothing is doubled. ARTERA_CHAOS_SECONDS makes the storm longer, ARTERA_CHAOS_SEED repeats one, and
/// ARTERA_CHAOS_LOGS (Warning) has the nodes say what they think of it.
/// </summary>
[Collection(Alone)]
public sealed class When_everything_breaks
{
    private const string Alone = "alone";
    private const int Queues = 5;
    private static readonly int Nodes = Variable("ARTERA_CHAOS_NODES", 2);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromMinutes(3);
    private readonly int seed = Variable("ARTERA_CHAOS_SEED", Random.Shared.Next());
    private readonly TimeSpan storm = TimeSpan.FromSeconds(Variable("ARTERA_CHAOS_SECONDS", 30));

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_doubled()
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var cancellation = TestContext.Current.CancellationToken;
        var dice = new Dice(seed);
        await using var cell = await Cell.Open();
        ServerProcess[] nodes = [.. Enumerable.Range(0, Nodes).Select(_ => Node(cell))];
        Wire[] wires = [.. nodes.Select(node => new Wire(node.MllpPort))];
        using var carrier = new Carrier(() => dice.Of(nodes).Http, dice.Another(), cancellation);
        cell.Twilio.Taken = carrier.Carry;
        try
        {
            await Task.WhenAll(nodes.Select(node => node.Start()));
            using var enough = new CancellationTokenSource();
            Book[] books = [.. Enumerable.Range(0, Queues).Select(queue => new Book(queue, dice.Another()))];
            InterfaceEngine[] engines = [.. books.Select(_ => new InterfaceEngine(wires, dice.Another()))];
            var load = Task.WhenAll(books.Zip(engines, (book, engine) => Task.Run(() => Work(book, engine, dice.Another(), enough.Token), cancellation)));
            using var weather = new Storm(cell, nodes, wires, dice.Another());
            await weather.Rage(storm, cancellation);
            await enough.CancelAsync();
            await load.WaitAsync(QuietWithin, cancellation);
            await Quiet.Await(cell, carrier, QuietWithin);

            TestContext.Current.TestOutputHelper.WriteLine(string.Join('\n', weather.Log));
            TestContext.Current.TestOutputHelper.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{engines.Sum(engine => engine.Acknowledged.Count)} messages ({engines.Sum(engine => engine.Attempts)} sent), {cell.Twilio.Texts.Count} texts, "
                + $"{carrier.Replies.Count} replies, {carrier.Calls} webhooks, {cell.Emr.Received.Count} write-backs heard"));
            (await Audit.Of(cell, books, engines, carrier)).ShouldBeEmpty();
        }
        finally
        {
            foreach (var wire in wires)
                await wire.DisposeAsync();
            foreach (var node in nodes)
                node.Dispose();
        }
    }

    private static async Task Work(Book book, InterfaceEngine engine, Dice dice, CancellationToken enough)
    {
        await using (engine)
        {
            (string ControlId, byte[] Message)? earlier = null;
            while (!enough.IsCancellationRequested)
            {
                var (id, message) = book.Next();
                await engine.Send(id, message, CancellationToken.None);
                await Task.Delay(dice.Between(0.05, 0.5), CancellationToken.None);

                // An engine that was restored from a backup says again what was acknowledged long ago.
                if (earlier is { } old && dice.Says(0.03))
                    await engine.Send(old.ControlId, old.Message, CancellationToken.None);
                if (earlier is null || dice.Says(0.1))
                    earlier = (id, message);
            }
        }
    }

    /// <summary>Looks often and waits briefly, so that much happens in a minute.</summary>
    private static ServerProcess Node(Cell cell)
    {
        var node = cell.Node();
        if (Environment.GetEnvironmentVariable("ARTERA_CHAOS_LOGS") is { Length: > 0 } level)
        {
            node.Set("Logs__Level", level);
            node.Set("Logs__StandardError", true);
        }

        foreach (var room in new[] { "Outreach", "Delivery", "Replies", "WriteBack" })
            node.Set($"{room}__LookEvery", "00:00:00.400");
        foreach (var lease in new[] { "Outreach__Lease", "Replies__Lease", "WriteBack__Lease" })
            node.Set(lease, "00:00:05");
        node.Set("Delivery__ClaimLasts", "00:00:08");
        node.Set("Twilio__Timeout", "00:00:02");
        node.Set("Twilio__ListedWithin", "00:00:05");
        node.Set("WriteBack__LongestDownPause", "00:00:02");
        node.Set("Feeds__0__WriteBack__Mllp__ConnectTimeout", "00:00:01");
        node.Set("Feeds__0__WriteBack__Mllp__AckTimeout", "00:00:02");
        return node;
    }

    private static int Variable(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : usual;

    /// <summary>It takes the whole machine, and others would not have the time they ask for.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class NobodyElse;
}
