using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Operations.Simulate;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Operations;

public sealed class When_a_changed_mapping_is_simulated : IAsyncLifetime
{
    private const string Today = """
        emr: Test
        events: { SIU^S12: book, SIU^S14: update }
        patient: { id: PID-3.1, given: PID-5.2, family: PID-5.1 }
        contact: { cell: PID-13 }
        appointment: { id: SCH-2.1, start: SCH-11.4, type: SCH-8.1 via visits, location: AIL-3.1 }
        tables: { visits: { FOLLOWUP: follow-up } }

        """;

    private readonly TempFolder folder = new();
    private Hospital hospital = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open(folder.Write("hl7.yaml", Today), "2026-10-26T14:00:00Z");
        await hospital.Says(Visit("A1", "P1"));
        await hospital.Says(Visit("A2", "P2", type: "ZZZ"));
    }

    public async ValueTask DisposeAsync()
    {
        await hospital.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_same_mapping_changes_no_message()
    {
        var said = await Simulate(Today);
        said.ShouldContain(", 0 would be different");
        said.ShouldContain("2 stored messages of main were read again.");
    }

    [Fact]
    public async Task Another_language_says_other_words()
    {
        var said = await Simulate(Today.Replace("family: PID-5.1", "family: PID-5.1, language: = es", StringComparison.Ordinal));
        said.ShouldContain("patient P1");
        said.ShouldContain("(another text, language, medium or line)");
        said.ShouldNotContain("patient P2");
    }

    [Fact]
    public async Task A_visit_that_would_no_longer_be_understood_gets_nothing()
    {
        var said = await Simulate(Today.Replace("FOLLOWUP: follow-up", "OTHER: other", StringComparison.Ordinal));
        said.ShouldContain("no longer sent");
        said.ShouldContain("- 2026-");
    }

    [Fact]
    public async Task A_message_that_waits_would_be_a_visit()
    {
        var said = await Simulate(Today.Replace("follow-up }", "follow-up, ZZZ: odd }", StringComparison.Ordinal));
        said.ShouldContain("sent in addition");
        said.ShouldContain("patient P2");
        said.ShouldNotContain("no longer sent");
    }

    [Fact]
    public async Task Nothing_is_kept()
    {
        var before = await Everything();
        await Simulate(Today.Replace("follow-up }", "follow-up, ZZZ: odd }", StringComparison.Ordinal));
        (await Everything()).ShouldBe(before);
    }

    private Task<string> Everything() => hospital.Read(async db => string.Join(
        ',',
        await db.Set<Appointment>().CountAsync(), await db.Set<Patient>().CountAsync(), await db.Set<PlannedMessage>().CountAsync(),
        await db.Set<InboxMessage>().CountAsync(row => row.State == InboxState.Held)));

    private static string Visit(string id, string patient, string type = "FOLLOWUP") => Siu($"M{id}", appointment: id, patient: patient)
        .Replace("ZTest", "Sample", StringComparison.Ordinal)
        .Replace("FOLLOWUP^", $"{type}^", StringComparison.Ordinal)
        .Replace("CLINIC1", "GI", StringComparison.Ordinal);

    private async Task<string> Simulate(string mapping)
    {
        MappingFile.TryParse(mapping, "changed.yaml", out var file, out var errors).ShouldBeTrue(string.Join('\n', errors));
        await using var output = new StringWriter();
        await using var scope = hospital.Server.Services.CreateAsyncScope();
        var feed = scope.ServiceProvider.GetRequiredService<FeedBook>().Find("main")!;
        var window = new Window(Instant.FromUtc(2026, 10, 27, 0, 0), Instant.FromUtc(2026, 11, 10, 0, 0));
        await SimulateVerb.Run(scope.ServiceProvider, window, null, output, all: true, CancellationToken.None, (feed, Mapper.Compile(file!)));
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Database.ExecuteSqlRawAsync("PRAGMA query_only=OFF", TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
