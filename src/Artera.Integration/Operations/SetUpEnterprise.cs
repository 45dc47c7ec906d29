using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

/// <summary>Practices and all they own, and the triggers that text about them, in the caller's transaction.</summary>
internal static class SetUpEnterprise
{
    /// <summary>Who the history of triggers says it was.</summary>
    public const string Who = "file";

    /// <returns>One line for each row that is added or changed.</returns>
    /// <exception cref="InvalidDataException">A trigger is not right; the message says which and why.</exception>
    public static async Task<IReadOnlyList<string>> Run(IntegrationDb db, EnterpriseFile file, CancellationToken cancellation, TimeProvider? time = null)
    {
        var import = new EnterpriseImport(db);
        var system = await import.Run(file, cancellation);
        List<string> plan = [.. import.Plan];
        if (file.StartingTriggers)
        {
            plan.AddRange((await StartingTriggers.AddMissing(db, system.Id, cancellation)).Select(name => $"+ trigger {name}"));
            await db.SaveChangesAsync(cancellation);
        }

        var edits = new TriggerEdits(db, time ?? TimeProvider.System, Who);
        foreach (var entry in file.Triggers is { } defaults ? TriggerYaml.Read(defaults) : [])
            Note(plan, $"trigger {entry.Name}", await edits.Save(system.Id, system.BaseLanguage, practiceId: null, entry, cancellation));
        foreach (var practice in file.Practices)
            await Practice(db, system, practice, edits, plan, cancellation);
        return plan;
    }

    private static async Task Practice(
        IntegrationDb db, HealthSystem system, EnterpriseFile.PracticeEntry file, TriggerEdits edits, List<string> plan, CancellationToken cancellation)
    {
        if (file.Triggers is null && file.DefaultTriggers is null)
            return;
        var practice = await db.Set<Practice>().SingleAsync(row => row.HealthSystemId == system.Id && row.Name == file.Name, cancellation);
        foreach (var entry in file.Triggers is { } own ? TriggerYaml.Read(own) : [])
            Note(plan, $"trigger {entry.Name} of {file.Name}", await edits.Save(system.Id, system.BaseLanguage, practice.Id, entry, cancellation));
        if (file.DefaultTriggers is not { } chosen)
            return;

        var defaults = await db.Set<Trigger>().Where(row => row.HealthSystemId == system.Id && row.PracticeId == null).ToListAsync(cancellation);
        foreach (var (name, entry) in TriggerYaml.ReadChoices(chosen))
        {
            var trigger = defaults.Find(row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidDataException($"{file.Name}: there is no default trigger {name}; there are {string.Join(", ", defaults.Select(row => row.Name))}");
            Note(plan, $"trigger {name} as {file.Name} has it", await edits.Choose(trigger, practice.Id, entry, cancellation));
        }
    }

    private static void Note(List<string> plan, string what, Edited edited)
    {
        if (edited.Problems.Count > 0)
            throw new InvalidDataException(string.Join(Environment.NewLine, edited.Problems));
        if (edited.Changed)
            plan.Add($"{(edited.New ? '+' : '~')} {what}");
    }
}
