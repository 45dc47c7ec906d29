using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;

namespace Artera.Integration.Operations;

/// <summary>Practices and all they own, and the triggers that text about them, in the caller's transaction.</summary>
internal static class SetUpEnterprise
{
    /// <returns>One line for each row that is added or changed.</returns>
    public static async Task<IReadOnlyList<string>> Run(IntegrationDb db, EnterpriseFile file, CancellationToken cancellation)
    {
        var import = new EnterpriseImport(db);
        var system = await import.Run(file, cancellation);
        if (!file.StartingTriggers)
            return import.Plan;
        var triggers = await StartingTriggers.AddMissing(db, system.Id, cancellation);
        await db.SaveChangesAsync(cancellation);
        return [.. import.Plan, .. triggers.Select(name => $"+ trigger {name}")];
    }
}
