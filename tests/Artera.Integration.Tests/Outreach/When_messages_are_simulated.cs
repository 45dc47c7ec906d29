using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Simulate;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_messages_are_simulated
{
    private const string File = """
        name: Test Health
        triggers:
          - name: Parking
            send: 2 hours before start
            sms: { en: "Park in lot C." }
          - name: Confirmation, 2 days before
            send: 3 days before start at 10:00
            only: { patient-status: [Unconfirmed] }
            asks: true
            sms: { en: "Coming? {eventConfirmText}" }
          - name: Confirmation, 1 day before
            running: false
            send: 1 day before start at 10:00
            sms: { en: "Coming? {eventConfirmText}" }
        """;

    [Fact]
    public async Task What_is_foretold_is_what_is_sent()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Books(await clinic.Patient("P1"), "2026-11-06 15:00");
        var sent = await clinic.Books(await clinic.Patient("P2", "+12025550102"), "2026-11-12 09:00", "V2");
        await clinic.Books(await clinic.Patient("P3", cell: null), "2026-11-06 15:00", "V3");
        await clinic.Until("2026-11-02 13:00");
        await clinic.Answers(sent, PatientStatus.Confirmed);
        await clinic.Until("2026-11-02 13:10");
        var before = (await clinic.Outbox()).Count;

        var foretold = await Simulate(clinic, "2026-11-02 13:10", "2026-11-14 00:00");
        await clinic.Until("2026-11-14 00:00");

        var since = (await clinic.Outbox()).Skip(before).ToList();
        since.Count.ShouldBeGreaterThan(2);
        foretold.ShouldContain($"{since.Count} messages");
        foretold.ShouldContain("P1, appointment");
        foretold.ShouldNotContain("P3");
    }

    [Fact]
    public async Task A_past_window_is_told_as_it_was()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var visit = await clinic.Books(await clinic.Patient("P1"), "2026-11-12 15:00");
        await clinic.Until("2026-11-05 12:00");
        await clinic.Answers(visit, PatientStatus.Confirmed);
        await clinic.Until("2026-11-12 00:00");
        (await Simulate(clinic, "2026-11-02 11:00", "2026-11-12 00:00")).ShouldContain($"{(await clinic.Outbox()).Count} messages");
    }

    [Fact]
    public async Task Visits_of_a_day_that_a_rule_tells_together_are_one_message()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        (await clinic.Saves(new TriggerEntry
        {
            Name = "Together",
            Send = "1 day before start at 11:00",
            Sms = new() { ["en"] = "Tomorrow: {eventDateAtTime}" },
            Merged = new() { Sms = new() { ["en"] = "Tomorrow: {eventList}" } },
        })).Problems.ShouldBeEmpty();
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-12 09:00");
        await clinic.Books(patient, "2026-11-12 15:00", "V2");
        await clinic.Books(patient, "2026-11-13 15:00", "V3");
        await clinic.Until("2026-11-02 13:10");
        var before = (await clinic.Outbox()).Count;

        var foretold = await Simulate(clinic, "2026-11-02 13:10", "2026-11-14 00:00");
        await clinic.Until("2026-11-14 00:00");

        foretold.ShouldContain("2026-11-11 11:00  Together: patient P1");
        foretold.ShouldContain("2 visits together");
        var since = (await clinic.Outbox()).Skip(before).ToList();
        since.Count(message => message.Body.StartsWith("Tomorrow", StringComparison.Ordinal)).ShouldBe(2);
        foretold.ShouldContain($"{since.Count} messages");
    }

    [Fact]
    public async Task What_a_file_would_change_is_set_against_today_and_nothing_is_kept()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Books(await clinic.Patient("P1"), "2026-11-12 15:00");
        var before = await Everything(clinic);

        var said = await Simulate(clinic, "2026-11-03 00:00", "2026-11-14 00:00", File);

        said.ShouldContain("+ 2026-11-12 13:00  Parking: patient P1");
        said.ShouldContain("~ 2026-11-10 10:00  Confirmation, 2 days before: patient P1");
        said.ShouldContain("-> 2026-11-09 10:00");
        said.ShouldContain("- 2026-11-11 10:00  Confirmation, 1 day before: patient P1");
        said.ShouldContain("3 would be different");
        (await Everything(clinic)).ShouldBe(before);
    }

    [Fact]
    public async Task The_database_itself_would_not_let_it_write()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await using var scope = clinic.Services.CreateAsyncScope();
        await SimulateVerb.Run(scope.ServiceProvider, new(clinic.Now, clinic.Now + Duration.FromDays(1)), null, TextWriter.Null, all: false, CancellationToken.None);
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        if (db.Database.IsSqlite())
            (await Should.ThrowAsync<SqliteException>(() => db.Set<Practice>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "x")))).SqliteErrorCode.ShouldBe(8);
    }

    private static async Task<string> Simulate(Clinic clinic, string from, string to, string? yaml = null)
    {
        EnterpriseFile? file = null;
        if (yaml is not null)
        {
            using var text = new StringReader(yaml);
            file = EnterpriseFile.Read(text, "test.yaml");
        }

        await using var output = new StringWriter();
        await using var scope = clinic.Services.CreateAsyncScope();
        await SimulateVerb.Run(scope.ServiceProvider, new(Given.At(from), Given.At(to)), file, output, all: true, CancellationToken.None);
        var database = scope.ServiceProvider.GetRequiredService<IntegrationDb>().Database;
        if (database.IsSqlite())
            await database.ExecuteSqlRawAsync("PRAGMA query_only=OFF");
        return output.ToString();
    }

    /// <summary>Every row that a simulation comes near to.</summary>
    private static Task<string> Everything(Clinic clinic) => clinic.Read(async db => string.Join(
        '\n',
        await db.Set<Trigger>().CountAsync(), await db.Set<TriggerEdit>().CountAsync(), await db.Set<PlannedMessage>().CountAsync(), await db.Set<Practice>().CountAsync(),
        await db.Set<Replanning>().CountAsync(), (await db.Set<SettingsVersion>().SingleAsync()).Version,
        string.Join(',', (await db.Set<Trigger>().AsNoTracking().ToListAsync()).Select(row => $"{row.Name} {row.Running} {TimingWords.Write(row.Timing)}"))));
}
