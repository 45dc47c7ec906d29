using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_the_EMR_says_that_a_patient_wants_no_texts : IAsyncLifetime
{
    private Clinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await Clinic.Open("2026-10-26 10:00");

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task Nothing_is_planned_and_the_ledger_says_why()
    {
        await clinic.Books(await clinic.Patient("A", with: facts => facts with { NoTexts = true }), "2026-11-03 10:00");
        await clinic.Until("2026-11-04 10:00");

        (await clinic.Outbox()).ShouldBeEmpty();
        (await clinic.Ledger()).ShouldContain(line => line.EndsWith(Reasons.OptedOutInEmr, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_withdraws_what_was_planned_and_taking_it_back_plans_it_again()
    {
        await clinic.Books(await clinic.Patient("A"), "2026-11-03 10:00");
        await clinic.Patient("A", with: facts => facts with { NoTexts = true });
        (await Planned()).ShouldBe(0);

        await clinic.Patient("A", with: facts => facts with { NoTexts = false });
        (await Planned()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("sms", Medium.Email)]
    [InlineData("sms email", Medium.Voice)]
    [InlineData("email", Medium.Sms)]
    [InlineData("sms email voice", null)]
    public void Another_medium_is_taken(string refused, Medium? by)
    {
        var trigger = Given.Trigger("0 minutes after booked");
        trigger.Texts = [.. Enum.GetValues<Medium>().Select(medium => new TriggerText { Medium = medium, Body = new() { ["en"] = "Hi" } })];
        var patient = Given.Patient().With(ContactTag.Email, "ana@example.org");
        patient.PreferredMedium = refused == "sms email" ? "voice" : null;
        (patient.NoTexts, patient.NoEmails, patient.NoCalls) =
            (refused.Contains("sms", StringComparison.Ordinal), refused.Contains("email", StringComparison.Ordinal), refused.Contains("voice", StringComparison.Ordinal));

        var reach = Reach.For(trigger, patient, _ => true, new HashSet<string>());
        (reach.Address is null ? (Medium?)null : reach.Medium).ShouldBe(by);
        reach.Reason.ShouldBe(by is null ? Reasons.OptedOutInEmr : null);
    }

    [Fact]
    public async Task Taking_it_back_never_lifts_what_the_patient_texted()
    {
        var patient = await clinic.Patient("A");
        await clinic.Books(patient, "2026-11-03 10:00");
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));
        await clinic.Patient("A", with: facts => facts with { NoTexts = true });
        await clinic.Patient("A", with: facts => facts with { NoTexts = false });
        await clinic.Until("2026-11-04 10:00");

        (await clinic.Outbox()).ShouldBeEmpty();
        (await clinic.Read(db => db.Set<OptOut>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_merge_keeps_the_stricter_word()
    {
        await clinic.Books(await clinic.Patient("A"), "2026-11-03 10:00");
        await clinic.Patient("B", cell: null, with: facts => facts with { NoTexts = true });
        await clinic.Send(new MergePatients("main", "US", new PatientFacts { Id = "A" }, "B", new MessageVersion(clinic.Now, "99")));
        await clinic.Until("2026-11-04 10:00");

        (await clinic.Read(db => db.Set<Patient>().SingleAsync())).NoTexts.ShouldBeTrue();
        (await clinic.Outbox()).ShouldBeEmpty();
    }

    private Task<int> Planned() => clinic.Read(db => db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned));
}
