using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Outreach;

/// <summary>Enterprise triggers are defaults for all practices; a practice may start, pause or restrict one, and have its own. A default changes in one place.</summary>
public sealed class When_a_practice_has_a_say
{
    private const string Monday = "2026-11-02 12:00";
    private const string Week = "Confirmation, 7 days before";

    [Fact]
    public async Task It_pauses_a_default_and_starts_it_again()
    {
        await using var clinic = await Opened();
        (await clinic.Chooses(Week, new ChoiceEntry { Running = false })).Changed.ShouldBeTrue();
        (await clinic.Ledger()).ShouldContain($"{Week} | NotSent | 2026-11-17 10:00 | paused");

        await clinic.Chooses(Week, new ChoiceEntry());
        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-17 10:00");
    }

    [Fact]
    public async Task It_starts_a_default_that_is_paused_everywhere_else()
    {
        await using var clinic = await Opened();
        await clinic.Saves(Entry(Week, entry => entry.Running = false));
        (await clinic.Ledger()).ShouldContain($"{Week} | NotSent | 2026-11-17 10:00 | paused");

        await clinic.Chooses(Week, new ChoiceEntry { Running = true });
        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-17 10:00");
    }

    [Fact]
    public async Task It_restricts_a_default_and_what_the_default_asks_still_holds()
    {
        await using var clinic = await Opened();
        await clinic.Chooses(Week, new ChoiceEntry { Never = { [FilterOn.EventType] = ["LAB"] } });
        (await clinic.Ledger()).ShouldContain($"{Week} | NotSent | 2026-11-17 10:00 | filtered");
        (await clinic.Ledger("V2")).ShouldContain($"{Week} | Planned | 2026-11-17 10:00");

        await clinic.Chooses(Week, new ChoiceEntry { Only = { [FilterOn.EventType] = ["LAB"] } });
        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-17 10:00");
        (await clinic.Ledger("V2")).ShouldContain($"{Week} | NotSent | 2026-11-17 10:00 | filtered");
    }

    [Fact]
    public async Task A_default_changes_in_one_place_also_where_it_is_restricted()
    {
        await using var clinic = await Opened();
        await clinic.Chooses(Week, new ChoiceEntry { Never = { [FilterOn.EventType] = ["XRAY"] } });
        await clinic.Saves(Entry(Week, entry => entry.Send = "7 days before start at 15:00"));

        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-17 15:00");
    }

    [Fact]
    public async Task A_rule_of_its_own_takes_the_place_of_the_default_of_that_name()
    {
        await using var clinic = await Opened();
        await clinic.Saves(Entry(Week, entry => entry.Send = "8 days before start at 10:00"), own: true);

        (await clinic.Ledger()).ShouldContain($"{Week} | NotSent | 2026-11-17 10:00 | superseded");
        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-16 10:00");
    }

    [Theory]
    [OnEveryDatabase]
    public async Task A_change_is_planned_in_the_background_with_its_progress(Artera.Integration.Data.DatabaseProvider on)
    {
        await using var clinic = await Clinic.OpenOn(on, Monday);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Recalls(await clinic.Patient("P2", "+12025550102"));
        await clinic.Saves(Entry(Week, entry => entry.Send = "7 days before start at 15:00"));
        await clinic.Saves(Entry("Recall, after 1 month", entry => entry.Send = "1 month after created at 09:00"));

        var done = await clinic.Read(db => db.Set<Replanning>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());
        done.Select(row => (row.Module, row.Done, Finished: row.FinishedAt is not null)).ShouldBe([(TriggerModule.Appointment, 1, true), (TriggerModule.Recall, 1, true)]);
        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-17 15:00");
    }

    [Fact]
    public async Task Changed_again_while_it_is_under_way_it_starts_over()
    {
        await using var clinic = await Opened();
        await clinic.Send(new SaveTrigger(1, null, Entry(Week, entry => entry.Send = "7 days before start at 15:00"), "loopback"));
        await clinic.Change<Replanning>(_ => true, row => row.After = 1000);
        await clinic.Send(new SaveTrigger(1, null, Entry(Week, entry => entry.Send = "7 days before start at 16:00"), "loopback"));
        await clinic.PlanAgain();

        (await clinic.Read(db => db.Set<Replanning>().CountAsync())).ShouldBe(1);
        (await clinic.Ledger()).ShouldContain($"{Week} | Planned | 2026-11-17 16:00");
    }

    [Fact]
    public async Task The_history_tells_who_changed_what()
    {
        await using var clinic = await Opened();
        await clinic.Saves(Entry(Week, entry => entry.Send = "7 days before start at 15:00"));
        await clinic.Chooses(Week, new ChoiceEntry { Running = false });
        (await clinic.Chooses(Week, new ChoiceEntry { Running = false })).Changed.ShouldBeFalse("everything was so before");

        var edits = await clinic.Read(db => db.Set<TriggerEdit>().AsNoTracking().OrderBy(edit => edit.Id).ToListAsync());
        edits.Count.ShouldBe(2);
        (edits[0].PracticeId, edits[0].Who).ShouldBe((null, "loopback"));
        edits[0].Before!.ShouldContain("send: 7 days before start at 10:00");
        edits[0].After.ShouldContain("send: 7 days before start at 15:00");
        (edits[1].PracticeId, edits[1].Before, edits[1].After.Trim()).ShouldBe((clinic.PracticeId, null, "running: false"));
    }

    [Theory]
    [InlineData("unknown phrase", "unknown phrase {clientName}")]
    [InlineData("no base language", "the base language en is missing")]
    [InlineData("no text", "there is no text")]
    [InlineData("no time", "is no time")]
    [InlineData("filter of another module", "an appointment has no priority")]
    [InlineData("no such value", "'Perhaps' is no patient status")]
    [InlineData("name of another module", "there is a rule of that name for recall messages")]
    public async Task What_is_not_right_is_refused_and_changes_nothing(string wrong, string because)
    {
        await using var clinic = await Opened();
        var entry = Entry(Week, _ => { });
        switch (wrong)
        {
            case "unknown phrase":
                entry.Sms!["en"] = "Hello {clientName}";
                break;
            case "no base language":
                entry.Sms!.Remove("en");
                break;
            case "no text":
                (entry.Sms, entry.Email, entry.Asks) = (null, null, false);
                break;
            case "no time":
                entry.Send = "soon";
                break;
            case "filter of another module":
                entry.Never[FilterOn.Priority] = ["Urgent"];
                break;
            case "no such value":
                entry.Only[FilterOn.PatientStatus] = ["Perhaps"];
                break;
            default:
                entry.Name = "Recall, created";
                break;
        }

        var edited = await clinic.Saves(entry);
        edited.Trigger.ShouldBeNull();
        edited.Problems.ShouldContain(problem => problem.Contains(because, StringComparison.Ordinal));
        (await clinic.Read(db => db.Set<TriggerEdit>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_default_is_restricted_only_by_what_its_messages_are_about()
    {
        await using var clinic = await Opened();
        (await clinic.Chooses("Recall, created", new ChoiceEntry { Only = { [FilterOn.PatientStatus] = ["Confirmed"] } })).Problems
            .ShouldHaveSingleItem().ShouldBe("Recall, created: a recall has no patient-status");
    }

    private static async Task<Clinic> Opened()
    {
        var clinic = await Clinic.Open(Monday);
        var patient = await clinic.Patient("P1");
        await clinic.Says(patient, AppointmentChange.Book, "2026-11-24 15:00", facts => facts with { Type = new Coded("LAB") });
        await clinic.Says(patient, AppointmentChange.Book, "2026-11-24 16:00", facts => facts with { Type = new Coded("FOLLOWUP") }, id: "V2");
        return clinic;
    }

    private static TriggerEntry Entry(string name, Action<TriggerEntry> change)
    {
        var entry = TriggerEntry.Of(StartingTriggers.Entries.Single(starting => starting.Name == name).ToTrigger(1, practiceId: null));
        entry.Sms = entry.Sms?.ToDictionary();
        change(entry);
        return entry;
    }
}
