using System.Collections.Concurrent;
using System.Globalization;

namespace Artera.Integration.Tests.Chaos;

/// <summary>
/// What happens to texts once Twilio has them: phones report that they came, people answer, and Twilio tells a node of it,
/// some of it twice and out of order, until a node has said that it has it.
/// </summary>
internal sealed class Carrier(Func<Uri> anyNode, Dice dice, CancellationToken cancellation) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentQueue<Task> underWay = new();
    private readonly ConcurrentDictionary<string, (string From, string Words)> replies = new(StringComparer.Ordinal);
    private int calls;
    private int texted;

    /// <summary>What people have texted, by its id.</summary>
    public IReadOnlyDictionary<string, (string From, string Words)> Replies => replies;

    /// <summary>How often a node was called.</summary>
    public int Calls => calls;

    public void Carry(TwilioStandIn.Text text)
    {
        Later(Webhook.Report(text, "sent"));
        Later(Webhook.Report(text, "delivered"));
        if (!text.Body.Contains("Reply Y", StringComparison.Ordinal))
            return;
        if (dice.Says(0.5))
            Answer(text.To, dice.Says(0.6) ? "Y" : "n");
        if (dice.Says(0.1))
            Answer(text.To, "Is there parking behind the house?");
    }

    /// <summary>Everything that is to be told has been told.</summary>
    public async Task Done()
    {
        while (underWay.TryDequeue(out var telling))
            await telling;
    }

    public void Dispose() => http.Dispose();

    private void Answer(string from, string words)
    {
        var sid = string.Create(CultureInfo.InvariantCulture, $"SMF{Interlocked.Increment(ref texted):x31}");
        replies[sid] = (from, words);
        Later(Webhook.Reply(sid, from, words));
    }

    private void Later(Webhook webhook)
    {
        underWay.Enqueue(Task.Run(() => Tell(webhook), cancellation));
        if (dice.Says(0.1))
            underWay.Enqueue(Task.Run(() => Tell(webhook), cancellation));
    }

    private async Task Tell(Webhook webhook)
    {
        await Task.Delay(dice.Between(0, 2), cancellation);
        do
        {
            await Task.Delay(dice.Between(0, 0.5), cancellation);
            Interlocked.Increment(ref calls);
        }
        while (!await webhook.IsTaken(http, anyNode(), cancellation));
    }
}
