using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Outreach;

/// <summary>
/// Appointments of one patient on one day in one practice that qualify for the same rule go out as one message with its own
/// text; a reply applies to all that it listed. For "booked", a short collecting window.
/// </summary>
public sealed class When_visits_of_one_day_are_told_together
{
    private const string Monday = "2026-11-02 12:00";
    private const string Ask = "Confirmation, 1 day before";

    [Theory]
    [OnEveryDatabase]
    public async Task One_message_lists_them_and_asks_about_each(DatabaseProvider on)
    {
        await using var clinic = await Opened(on);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-04 15:00");
        await clinic.Books(patient, "2026-11-04 09:30", "V2");
        await clinic.Until("2026-11-03 10:00");

        var message = (await clinic.Outbox()).Single(text => text.Body.StartsWith("Both", StringComparison.Ordinal));
        message.Body.ShouldBe("Both on Wednesday, November 4:\n9:30 AM\n3:00 PM\nReply Y to confirm or N to cancel.");
        message.NotAfter.ShouldBe(Given.At("2026-11-04 09:30"));
        (await clinic.Ledger()).ShouldContain($"{Ask} | Sent | 2026-11-03 10:00");
        (await clinic.Ledger("V2")).ShouldContain($"{Ask} | Sent | 2026-11-03 10:00 | merged-into");
        (await clinic.Questions()).Select(question => question.OutboundMessageId).ShouldBe([message.Id, message.Id]);
    }

    [Theory]
    [InlineData("another day")]
    [InlineData("another practice")]
    [InlineData("another patient")]
    [InlineData("the rule lets only one through")]
    public async Task What_does_not_belong_together_is_told_by_itself(string other)
    {
        await using var clinic = await Opened();
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-05 15:00");
        var second = await clinic.Books(
            other == "another patient" ? await clinic.Patient("P2") : patient, other == "another day" ? "2026-11-06 09:30" : "2026-11-05 09:30", "V2");
        if (other == "another practice")
        {
            var practice = new Practice { HealthSystemId = 1, Name = "Oak Clinic", TimeZone = "America/New_York" };
            await clinic.Add(practice);
            await clinic.Add(new Line { PracticeId = practice.Id, Number = "+12025550199", Name = "Oak" });
            await clinic.Change<Appointment>(visit => visit.Id == second.Id, visit => visit.PracticeId = practice.Id);
        }

        if (other.StartsWith("the rule", StringComparison.Ordinal))
            await clinic.Answers(second, PatientStatus.Confirmed);
        await clinic.Until("2026-11-05 10:00");

        (await clinic.Outbox()).ShouldNotContain(text => text.Body.StartsWith("Both", StringComparison.Ordinal));
        (await clinic.Ledger()).ShouldContain($"{Ask} | Sent | 2026-11-04 10:00");
    }

    [Fact]
    public async Task Booked_one_by_one_they_are_collected_for_two_minutes()
    {
        await using var clinic = await Opened();
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Until("2026-11-02 12:01");
        (await clinic.Outbox()).ShouldBeEmpty();
        await clinic.Books(patient, "2026-11-24 16:00", "V2");
        await clinic.Until("2026-11-02 12:10");
        (await clinic.Outbox()).ShouldHaveSingleItem().Body.ShouldBe("Booked on Tuesday, November 24:\n3:00 PM\n4:00 PM");

        await clinic.Books(patient, "2026-11-24 17:00", "V3");
        await clinic.Until("2026-11-02 12:20");
        (await clinic.Outbox())[^1].Body.ShouldStartWith("Maple Clinic: Hi Ana, your appointment is booked for Tuesday, November 24 at 5:00 PM");
    }

    [Fact]
    public async Task A_visit_that_is_cancelled_before_the_message_leaves_is_not_in_it()
    {
        await using var clinic = await Opened();
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-04 15:00");
        await clinic.Books(patient, "2026-11-04 09:30", "V2");
        await clinic.Until("2026-11-02 13:00");
        await clinic.Leave();
        await clinic.Until("2026-11-03 10:00");
        await clinic.Says(patient, AppointmentChange.Cancel, id: "V2");
        await clinic.Leave();
        await clinic.Look();
        await clinic.Leave();

        (await clinic.Arrived()).ShouldNotContain(text => text.Body.StartsWith("Both", StringComparison.Ordinal));
        (await clinic.Arrived())[^1].Body.ShouldContain("you have an appointment on Wednesday, November 4 at 3:00 PM");
        (await clinic.Ledger()).ShouldContain($"{Ask} | Sent | 2026-11-03 10:00");
        (await clinic.Ledger("V2")).ShouldContain($"{Ask} | NotSent | 2026-11-03 10:00 | cancelled");
        (await clinic.Questions()).Where(question => question.State == QuestionState.Open).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_landline_gets_nothing_and_the_letter_lists_them_again()
    {
        await using var clinic = await Opened();
        var patient = await clinic.Patient("P1", with: facts => facts with { Email = "ana@example.org" });
        await clinic.Books(patient, "2026-11-04 15:00");
        await clinic.Books(patient, "2026-11-04 09:30", "V2");
        await clinic.Until("2026-11-03 10:00");
        await clinic.Fails((await clinic.Outbox())[^1], notMobile: true);
        await clinic.Look();

        var letter = (await clinic.Outbox())[^1];
        (letter.Medium, letter.Body).ShouldBe((Medium.Email, "Dear Ana, on Wednesday, November 4:\n9:30 AM\n3:00 PM"));
        (await clinic.Ledger()).ShouldContain($"{Ask} | Sent | 2026-11-03 10:00 | other-medium");
        (await clinic.Questions()).ShouldAllBe(question => question.State == QuestionState.Closed);
    }

    [Theory]
    [InlineData("Both are tomorrow.", "does not say {eventList}")]
    [InlineData("{eventList} {name}", "unknown phrase {name}")]
    public async Task The_text_for_several_lists_them(string text, string because)
    {
        await using var clinic = await Clinic.Open(Monday);
        var entry = Entry(Ask, "x");
        entry.Merged!.Sms!["en"] = text;
        (await clinic.Saves(entry)).Problems.ShouldContain(problem => problem.Contains(because, StringComparison.Ordinal));
    }

    private static async Task<Clinic> Opened(DatabaseProvider? on = null)
    {
        var clinic = await Clinic.OpenOn(on ?? TestDatabase.Usual, Monday);
        var ask = Entry(Ask, "Both on {eventDate}:\n{eventList}\n{eventConfirmText}");
        ask.Merged!.Email = InEachLanguage("Dear {clientFirstNameProperCase}, on {eventDate}:\n{eventList}");
        (await clinic.Saves(ask)).Problems.ShouldBeEmpty();
        (await clinic.Saves(Entry("Booked", "Booked on {eventDate}:\n{eventList}"))).Problems.ShouldBeEmpty();
        return clinic;
    }

    private static TriggerEntry Entry(string name, string merged)
    {
        var entry = TriggerEntry.Of(StartingTriggers.Entries.Single(starting => starting.Name == name).ToTrigger(1, practiceId: null));
        entry.Merged = new TriggerEntry.MergedEntry { Sms = InEachLanguage(merged) };
        return entry;
    }

    private static Dictionary<string, string> InEachLanguage(string text) => new() { ["en"] = text, ["es"] = text, ["ar"] = text };
}
