using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Operations.Held;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_a_code_gets_its_meaning : IAsyncLifetime
{
    private const string Mapping = """
        # The visits we know.
        emr: Test
        events: { SIU^S12: book, SIU^S13: reschedule, SIU^S14: update, SIU^S15: cancel }
        patient: { id: PID-3.1, given: PID-5.2, family: PID-5.1 }
        contact: { cell: PID-13 }
        appointment: { id: SCH-2.1, start: SCH-11.4, type: SCH-8.1 via visits, location: AIL-3.1 }
        tables:
          visits:
            FOLLOWUP: follow-up   # and nothing else yet

        """;

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero));
    private readonly TempFolder folder = new();
    private TestServer server = null!;
    private MllpPeer emr = null!;
    private int messages;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(clock, services: null, new("Feeds:0:Mapping", folder.Write("hl7.yaml", Mapping)), new("Feeds:0:TimeZone", "America/New_York"));
        await SetUp();
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_messages_that_waited_for_it_are_applied_in_their_order_and_nobody_is_texted_about_the_past()
    {
        await Send("P1", "A1", "S12", "ZZZ", 1);
        await Send("P1", "A1", "S14", "ZZZ", 2, start: "20261103110000");
        await Send("P2", "A2", "S12", "ZZZ", 1);
        await Send("P2", "A2", "S12", "FOLLOWUP", 2);
        await Send("P3", "A3", "S12", "YYY", 1);
        await Settled(5);
        clock.Advance(TimeSpan.FromDays(2));

        (await Give("ZZZ", "odd")).ShouldBe(new Said(3, null));

        var rows = await server.Until(_ => Kept(), rows => rows.TrueForAll(row => row.State != InboxState.Received));
        rows.Select(row => row.State).ShouldBe([InboxState.Applied, InboxState.Applied, InboxState.Stale, InboxState.Applied, InboxState.Held]);
        var visit = await server.Read(db => db.Set<Appointment>().SingleAsync(row => row.ExternalId == "A1"));
        (visit.TypeCode, visit.StartsAt!.Value.ToDateTimeUtc().Day).ShouldBe(("odd", 3));
        (await Ledger("A1")).ShouldContain("Booked NotSent replayed");
        (await Ledger("A1")).ShouldContain("Confirmation, 2 days before Planned ");
        (await server.Read(db => db.Set<OutboundMessage>().CountAsync(row => row.PatientId == visit.PatientId))).ShouldBe(0);
        File.ReadAllText(folder.File("hl7.yaml")).ShouldBe(Mapping.Replace("yet\n", "yet\n    ZZZ: odd\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_log_says_who_gave_it_and_what_was_applied_again()
    {
        await Send("P1", "A1", "S12", "ZZZ", 1);
        await Settled(1);
        await Give("ZZZ", "odd");

        var entries = await server.Read(db => db.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync());
        entries.Select(entry => (entry.Who, entry.What, entry.Subject)).ShouldBe(
        [
            ("tester", "gave meaning", "feed:main: visits: ZZZ = odd"),
            ("tester", "applied again", "feed:main: SCH-8.1 = ZZZ is not in table visits"),
        ]);
    }

    [Fact]
    public async Task A_mapping_that_somebody_edits_is_followed()
    {
        await Send("P1", "A1", "S12", "ZZZ", 1);
        await Settled(1);

        folder.Write("hl7.yaml", Mapping + "    ZZZ: odd\n");

        await server.Until(_ => Kept(), rows => rows[0].State == InboxState.Applied);
        (await server.Read(db => db.Set<AuditEntry>().SingleAsync())).Who.ShouldBe("mapping");
    }

    [Fact]
    public async Task What_was_applied_by_the_mapping_before_is_replayed_under_the_new_one_and_nobody_is_texted()
    {
        await Send("P1", "A1", "S12", "FOLLOWUP", 1, start: "20261120100000");
        await Send("P1", "A1", "S14", "FOLLOWUP", 2, start: "20261120100000");
        await server.Until(_ => Kept(), rows => rows.Count == 2 && rows.TrueForAll(row => row.State == InboxState.Applied));
        await server.Until(db => db.Set<OutboundMessage>().CountAsync(), count => count == 1);
        clock.Advance(TimeSpan.FromDays(1));

        folder.Write("hl7.yaml", Mapping.Replace("follow-up", "check-up", StringComparison.Ordinal));
        await server.Until(_ => Task.FromResult(Feed.Mapping.Version), version => version == 1);
        var replayed = await server.Services.GetRequiredService<HeldMessages>().Decide(
            rows => rows.Where(row => row.Feed == "main"), MessageChoice.ApplyAgain, "tester", "feed:main: replay", progress: null, CancellationToken.None);

        replayed.ShouldBe(2);
        var rows = await server.Until(_ => Kept(), rows => rows.TrueForAll(row => row.State is InboxState.Applied or InboxState.Stale));
        rows.Select(row => row.State).ShouldBe([InboxState.Stale, InboxState.Applied]);
        (await server.Read(db => db.Set<Appointment>().SingleAsync())).TypeCode.ShouldBe("check-up");
        (await server.Read(db => db.Set<OutboundMessage>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_mapping_that_is_not_valid_changes_nothing_and_the_health_says_so()
    {
        folder.Write("hl7.yaml", Mapping.Replace("PID-3.1", "PID.3.1", StringComparison.Ordinal));
        await server.Until(_ => Task.FromResult(Feed.Mapping.Trouble), trouble => trouble.Count > 0);

        Feed.Mapping.Trouble[0].ShouldContain("hl7.yaml:4:19: PID.3.1 is not a path");
        using var http = new HttpClient { BaseAddress = server.Http };
        (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldContain("\"mappings\":\"Degraded\"");
        await Send("P1", "A1", "S12", "FOLLOWUP", 1);
        await server.Until(_ => Kept(), rows => rows is [{ State: InboxState.Applied }]);

        folder.Write("hl7.yaml", Mapping);
        await server.Until(_ => Task.FromResult(Feed.Mapping.Trouble), trouble => trouble.Count == 0);
    }

    [Fact]
    public async Task A_word_that_cannot_be_meant_is_refused_and_nothing_is_applied()
    {
        (await server.Services.GetRequiredService<GiveMeaning>().Run("main", "nothing", "ZZZ", "odd", "tester", CancellationToken.None)).ShouldBe(new Said(0, "there is no table nothing"));
        File.ReadAllText(folder.File("hl7.yaml")).ShouldBe(Mapping);
    }

    [Fact]
    public async Task A_location_is_given_to_a_practice_in_one_step()
    {
        await Send("P1", "A1", "S12", "FOLLOWUP", 1, location: "ANNEX");
        await Send("P1", "A1", "S14", "FOLLOWUP", 2, location: "ANNEX", start: "20261103110000");
        await Settled(2);
        clock.Advance(TimeSpan.FromDays(2));

        var give = server.Services.GetRequiredService<GiveLocation>();
        (await give.Run("main", ResourceKind.Location, "ANNEX", "Nowhere", null, "tester", CancellationToken.None)).Error.ShouldBe("there is no practice Nowhere");
        (await give.Run("main", ResourceKind.Location, "ANNEX", "Test Practice", "Annex", "tester", CancellationToken.None)).ShouldBe(new Said(2, null));

        await server.Until(_ => Kept(), rows => rows.TrueForAll(row => row.State == InboxState.Applied));
        (await Ledger("A1")).ShouldContain("Booked NotSent replayed");
        (await server.Read(db => db.Set<OutboundMessage>().CountAsync())).ShouldBe(0);
        (await server.Read(db => db.Set<AuditEntry>().Select(entry => entry.What).ToListAsync())).ShouldBe(["mapped", "applied again"]);
    }

    [Fact]
    public async Task A_visit_that_was_moved_to_an_unknown_location_is_the_practices_again_once_it_is_known()
    {
        await Send("P1", "A1", "S12", "FOLLOWUP", 1, start: "20261120100000");
        await Send("P1", "A1", "S13", "FOLLOWUP", 2, location: "ANNEX", start: "20261120100000");
        await server.Until(_ => Kept(), rows => rows.Count == 2 && rows.TrueForAll(row => row.State == InboxState.Applied));
        (await Visit()).PracticeId.ShouldBeNull();
        clock.Advance(TimeSpan.FromDays(1));

        await server.Services.GetRequiredService<GiveLocation>().Run("main", ResourceKind.Location, "ANNEX", "Test Practice", "Annex", "tester", CancellationToken.None);

        (await Visit()).PracticeId.ShouldNotBeNull();
        (await Ledger("A1")).ShouldContain("Confirmation, 2 days before Planned ");

        Task<Appointment> Visit() => server.Read(db => db.Set<Appointment>().SingleAsync());
    }

    private Feed Feed => server.Services.GetRequiredService<FeedBook>().Find("main")!;

    private Task<Said> Give(string code, string meaning) =>
        server.Services.GetRequiredService<GiveMeaning>().Run("main", "visits", code, meaning, "tester", CancellationToken.None);

    private async Task Send(string patient, string appointment, string trigger, string type, int second, string location = "CLINIC1", string start = "20261102100000")
    {
        var message = Siu($"C{++messages}", appointment, $"2026102609000{second}", trigger: trigger, patient: patient)
            .Replace("FOLLOWUP^Follow-up visit", type, StringComparison.Ordinal)
            .Replace("CLINIC1", location, StringComparison.Ordinal)
            .Replace("20261102100000", start, StringComparison.Ordinal);
        Code(await emr.Ask(message)).ShouldBe("AA");
    }

    private Task Settled(int count) => server.Until(_ => Kept(), rows => rows.Count == count && rows.TrueForAll(row => row.State != InboxState.Received));

    private Task<List<InboxMessage>> Kept() => server.Read(db => db.Set<InboxMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private Task<List<string>> Ledger(string appointment) => server.Read(async db =>
    {
        var rows = await (from row in db.Set<PlannedMessage>()
                          join trigger in db.Set<Trigger>() on row.TriggerId equals trigger.Id
                          join visit in db.Set<Appointment>() on row.SubjectId equals visit.Id
                          where visit.ExternalId == appointment && row.Module == TriggerModule.Appointment
                          select new { trigger.Name, row.State, row.Reason }).ToListAsync();
        return rows.ConvertAll(row => $"{row.Name} {row.State} {row.Reason}");
    });

    private Task SetUp() => server.Read(async db =>
    {
        using var text = new StringReader($"""
            name: Test Health
            test-family-name: Nobody
            starting-triggers: true
            practices:
              - name: Test Practice
                time-zone: America/New_York
                lines: [{"{"} number: "+12025550110", name: Desk {"}"}]
                resources:
                  - {"{"} id: CLINIC1, name: Clinic {"}"}
            """);
        await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None);
        return true;
    });
}
