using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>The rules that every enterprise starts with.</summary>
public static class StartingTriggers
{
    private const string File = "starting-triggers.yaml";

    private static readonly Lazy<TriggerFile> Read = new(() =>
    {
        using var text = new StreamReader(typeof(StartingTriggers).Assembly.GetManifestResourceStream(File)!);
        return TriggerYaml.Read(text, File);
    });

    public static IReadOnlyList<TriggerEntry> Entries => Read.Value.Triggers;

    /// <summary>What <c>{eventConfirmText}</c> says where the practice has no wording of its own, by language.</summary>
    public static IReadOnlyDictionary<string, string> ConfirmText => Read.Value.ConfirmText;

    /// <summary>Adds those that the enterprise has not got, by name. The caller saves, and forgets the <see cref="TriggerBook"/>.</summary>
    /// <returns>The names added.</returns>
    public static async Task<IReadOnlyList<string>> AddMissing(IntegrationDb db, long healthSystemId, CancellationToken cancellation)
    {
        var known = await db.Set<Trigger>()
            .Where(trigger => trigger.HealthSystemId == healthSystemId && trigger.PracticeId == null)
            .Select(trigger => trigger.Name)
            .ToListAsync(cancellation);
        var missing = Entries.Where(entry => !known.Contains(entry.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        db.AddRange(missing.Select(entry => entry.ToTrigger(healthSystemId, practiceId: null)));
        return [.. missing.Select(entry => entry.Name)];
    }
}
