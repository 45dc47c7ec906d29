using System.Collections.Frozen;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>
/// Which triggers hold in which practice, as they were at one moment: the enterprise's defaults, save where the
/// practice has one of the same name, as the practice has started, paused or restricted them, and the practice's own.
/// </summary>
public sealed class TriggerBook
{
    private readonly FrozenDictionary<long, Trigger> triggers;
    private readonly FrozenDictionary<(long PracticeId, TriggerModule Module), Trigger[]> byPractice;

    internal TriggerBook(IReadOnlyCollection<Trigger> triggers, IReadOnlyCollection<Practice> practices, IReadOnlyCollection<PracticeChoice> choices)
    {
        this.triggers = triggers.ToFrozenDictionary(trigger => trigger.Id);
        byPractice = practices
            .SelectMany(practice => Holding(triggers, practice, choices).GroupBy(trigger => (practice.Id, trigger.Module)))
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(trigger => trigger.Id).ToArray());
    }

    public Trigger? Trigger(long id) => triggers.GetValueOrDefault(id);

    public IReadOnlyList<Trigger> For(long practiceId, TriggerModule module) =>
        byPractice.GetValueOrDefault((practiceId, module), []);

    public static async Task<TriggerBook> Load(IntegrationDb db, CancellationToken cancellation) => new(
        await db.Set<Trigger>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<Practice>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<PracticeChoice>().AsNoTracking().ToListAsync(cancellation));

    private static IEnumerable<Trigger> Holding(
        IReadOnlyCollection<Trigger> triggers, Practice practice, IReadOnlyCollection<PracticeChoice> choices)
    {
        var ofSystem = triggers.Where(trigger => trigger.HealthSystemId == practice.HealthSystemId).ToList();
        var own = ofSystem.Where(trigger => trigger.PracticeId == practice.Id).ToList();
        return ofSystem
            .Where(trigger => trigger.PracticeId is null && !own.Exists(instead => instead.Replaces(trigger)))
            .Select(trigger => choices.FirstOrDefault(choice => choice.TriggerId == trigger.Id && choice.PracticeId == practice.Id) is { } choice ? trigger.In(choice) : trigger)
            .Concat(own);
    }
}
