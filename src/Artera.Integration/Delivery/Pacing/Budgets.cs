using Artera.Integration.Data;
using Artera.Integration.Delivery.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

/// <summary>What the lines of waiting messages may send at this moment, by the settings and by what all nodes have taken. The sandbox phone takes any number.</summary>
internal sealed class Budgets(IntegrationDb db, MediumBook media, TimeProvider time, IOptions<DeliveryOptions> options)
{
    private Duration Ahead => Duration.FromTimeSpan(options.Value.LookEvery);

    private RateOptions Rates => options.Value.Rates;

    internal sealed class Lines(Dictionary<string, LineBudget> budgets)
    {
        public IEnumerable<(string Sender, LineBudget Budget)> Used => budgets.Where(line => line.Value is { IsShared: true, WasUsed: true }).Select(line => (line.Key, line.Value));

        /// <summary>All that must allow a message.</summary>
        public List<LineBudget> Over(Waiting message) =>
            budgets.TryGetValue(LinePace.AllTexts, out var all) ? [budgets[message.Sender], all] : [budgets[message.Sender]];
    }

    /// <summary>Each line that is limited gets its row, made once.</summary>
    public async Task KeepRows(List<Waiting> waiting, CancellationToken cancellation)
    {
        var limited = waiting.Where(message => RateOf(message).HasLimit || AtOnce(message) > 0).Select(message => message.Sender).ToHashSet(StringComparer.Ordinal);
        if (AllTexts(waiting).HasLimit)
            limited.Add(LinePace.AllTexts);
        if (limited.Count == 0)
            return;
        limited.ExceptWith(await db.Set<LinePace>().Where(pace => limited.Contains(pace.Sender)).Select(pace => pace.Sender).ToListAsync(cancellation));
        if (limited.Count == 0)
            return;
        db.AddRange(limited.Select(sender => new LinePace { Sender = sender, FreeAt = time.Now(), Turn = Guid.CreateVersion7() }));
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    public async Task<Lines> Of(List<Waiting> waiting, Instant now, CancellationToken cancellation)
    {
        List<string> senders = [.. waiting.Select(message => message.Sender).Distinct(StringComparer.Ordinal), LinePace.AllTexts];
        var paces = await db.Set<LinePace>().AsNoTracking().Where(pace => senders.Contains(pace.Sender)).ToDictionaryAsync(pace => pace.Sender, StringComparer.Ordinal, cancellation);
        var budgets = new Dictionary<string, LineBudget>(StringComparer.Ordinal);
        foreach (var message in waiting.DistinctBy(message => message.Sender))
        {
            // Counted after the row was read: whoever takes one moves the row.
            var room = AtOnce(message) is > 0 and var most ? most - await db.CallsUnderWay(message.LineId, now, cancellation) : (int?)null;
            budgets[message.Sender] = new(paces.GetValueOrDefault(message.Sender), RateOf(message), room, now);
        }

        if (AllTexts(waiting) is { HasLimit: true } together)
            budgets[LinePace.AllTexts] = new(paces.GetValueOrDefault(LinePace.AllTexts), together, room: null, now);
        return new(budgets);
    }

    private Rate RateOf(Waiting message) => new(Leaves(message) ? Rates.PerSecond(message.Medium, message.From) : 0, Ahead);

    private int AtOnce(Waiting message) => Leaves(message) ? Rates.AtOnce(message.Medium, message.From) : 0;

    private Rate AllTexts(List<Waiting> waiting) => new(waiting[0].Medium == Medium.Sms && Leaves(waiting[0]) ? Rates.AllSegmentsPerSecond : 0, Ahead);

    private bool Leaves(Waiting message) => media.For(message.Medium) is not SandboxPhone;
}
