using Artera.Integration.Data;
using Artera.Integration.Enterprise;

namespace Artera.Integration.Operations;

/// <summary>Practices and all they own, and the triggers that text about them, in the caller's transaction.</summary>
internal static class SetUpEnterprise
{
    public static async Task<IReadOnlyList<string>> Run(IntegrationDb db, EnterpriseFile file, CancellationToken cancellation)
    {
        var import = new EnterpriseImport(db);
        await import.Run(file, cancellation);
        return import.Plan;
    }
}
