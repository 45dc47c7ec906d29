using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;

namespace Artera.Integration.Tests.Harness;

/// <summary>An enterprise with one practice, which owns the location of <see cref="Samples"/>, and the rules that every enterprise starts with.</summary>
internal static class TestHealth
{
    private const string File = """
        name: Test Health
        starting-triggers: true
        practices:
          - name: Test Practice
            time-zone: America/Chicago
            lines: [{ number: "+12175550190", name: Desk }]
            resources: [{ id: CLINIC1, name: Clinic }]
        """;

    public static async Task<IReadOnlyList<string>> SetUp(IntegrationDb db)
    {
        using var text = new StringReader(File);
        return await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None);
    }
}
