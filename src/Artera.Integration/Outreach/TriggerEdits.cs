using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>What came of an edit.</summary>
/// <param name="Trigger">Null when it was refused.</param>
/// <param name="Problems">Why it was refused.</param>
/// <param name="Changed">False when everything was so before.</param>
internal sealed record Edited(Trigger? Trigger, IReadOnlyList<string> Problems, bool Changed = false, bool New = false)
{
    public static Edited Refused(params IEnumerable<string> problems) => new(null, [.. problems]);
}

/// <summary>A trigger was changed, in the transaction that changes it.</summary>
/// <param name="PracticeId">The practice it concerns; null: all of the enterprise.</param>
public sealed record TriggerEdited(Trigger Trigger, long? PracticeId, string Who) : INotification;

/// <summary>Changes triggers and keeps the history, in the caller's transaction.</summary>
internal sealed class TriggerEdits(IntegrationDb db, TimeProvider time, string who)
{
    /// <summary>Adds the trigger, or changes the one of that name.</summary>
    /// <param name="practiceId">Whose own it is; null: a default of the enterprise.</param>
    public async Task<Edited> Save(long healthSystemId, string baseLanguage, long? practiceId, TriggerEntry entry, CancellationToken cancellation)
    {
        var problems = await new TriggerEntryRules(baseLanguage).ValidateAsync(entry, cancellation);
        if (problems.Errors.Count > 0)
            return Edited.Refused(problems.Errors.Select(problem => problem.ErrorMessage));

        if (entry.Module == TriggerModule.Campaign)
            return Edited.Refused($"{entry.Name}: a campaign is no rule");
        var ofOwner = await db.Set<Trigger>().Where(row => row.HealthSystemId == healthSystemId && row.PracticeId == practiceId).ToListAsync(cancellation);
        var trigger = ofOwner.Find(row => string.Equals(row.Name, entry.Name, StringComparison.OrdinalIgnoreCase));
        if (trigger is not null && trigger.Module != entry.Module)
            return Edited.Refused($"{entry.Name}: there is a rule of that name for {trigger.Module.ToString().ToLowerInvariant()} messages");

        var before = trigger is null ? null : TriggerYaml.Write(TriggerEntry.Of(trigger));
        if (trigger is null)
            db.Add(trigger = entry.ToTrigger(healthSystemId, practiceId));
        else
            entry.Fill(trigger);
        return await Keep(trigger, practiceId: null, before, TriggerYaml.Write(TriggerEntry.Of(trigger)), cancellation);
    }

    /// <summary>A practice starts, pauses or restricts a default of its enterprise.</summary>
    public async Task<Edited> Choose(Trigger trigger, long practiceId, ChoiceEntry entry, CancellationToken cancellation)
    {
        if (TriggerEntryRules.Problems(trigger.Module, entry).ToList() is { Count: > 0 } problems)
            return Edited.Refused(problems.Select(problem => $"{trigger.Name}: {problem}"));

        var choice = await db.Set<PracticeChoice>().SingleOrDefaultAsync(row => row.TriggerId == trigger.Id && row.PracticeId == practiceId, cancellation);
        var before = choice is null ? null : TriggerYaml.Write(ChoiceEntry.Of(choice));
        if (choice is null)
            db.Add(choice = new PracticeChoice { TriggerId = trigger.Id, PracticeId = practiceId });
        (choice.Running, choice.Filters) = (entry.Running, entry.Filters);
        return await Keep(trigger, practiceId, before, TriggerYaml.Write(ChoiceEntry.Of(choice)), cancellation);
    }

    private async Task<Edited> Keep(Trigger trigger, long? practiceId, string? before, string after, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        if (before == after)
            return new(trigger, []);
        db.Add(new TriggerEdit { TriggerId = trigger.Id, PracticeId = practiceId, At = time.Now(), Who = who, Before = before, After = after });
        await db.SaveChangesAsync(cancellation);
        return new(trigger, [], Changed: true, New: before is null && practiceId is null);
    }
}
