using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_campaign_is_sent
{
    [Theory]
    [OnEveryDatabase]
    public async Task Everybody_of_the_list_is_written_to_once_or_the_ledger_says_why_not(DatabaseProvider on)
    {
        await using var clinic = await Clinic.OpenOn(on, "2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var ana = await clinic.Patient("P1");
        var dead = await clinic.Patient("P2", "+12025550102", facts => facts with { Deceased = true });
        var unreachable = await clinic.Patient("P3", cell: null);
        var out_ = await clinic.Patient("P4", "+12025550104", facts => facts with { Language = "es-MX" });
        await clinic.Patient("P5", "+12025550105", facts => facts with { Language = "es-MX" });
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550104", "reply"));
        var campaign = await stage.Add();
        (await stage.List(campaign, "name;MRN", "a;P1", "b;P2", "c;P3", "d;P4", "e;P1", "f;NOBODY", "g;", "h;P5")).Campaign!.Rows.ShouldBe(8);

        var preview = await stage.Preview(campaign);
        (preview.Rows, preview.Reachable, preview.TooMany).ShouldBe((8, 2, false));
        preview.LeftOut.Select(left => (left.Reason, left.Patients)).ShouldBe([(Reasons.Deceased, 1), (Reasons.NoContact, 1), (Reasons.OptedOut, 1)], ignoreOrder: true);
        preview.ListProblems.Select(problem => $"{problem.Problem} {string.Join(",", problem.Lines)}")
            .ShouldBe([$"{ListProblems.Twice} 6", $"{ListProblems.Unknown} 7", $"{ListProblems.Empty} 8"], ignoreOrder: true);
        preview.Samples.Select(sample => (sample.Language, sample.Patients, sample.Segments)).ShouldBe([("en", 1, 1), ("es", 1, 1)], ignoreOrder: true);
        preview.Samples.ShouldContain(sample => sample.Body == "Hola Ana, vacunas en Maple Clinic.");
        (await clinic.Outbox()).ShouldBeEmpty();

        (await stage.Say(campaign, CampaignStep.Start)).Problem.ShouldBeNull();
        await stage.Look();
        await clinic.Leave();
        await stage.Look();

        var sent = await clinic.Outbox();
        sent.Select(message => (message.To, message.Body, message.Priority)).ShouldBe(
        [
            ("+12025550101", "Hi Ana, flu shots at Maple Clinic.", Priority.Bulk), ("+12025550105", "Hola Ana, vacunas en Maple Clinic.", Priority.Bulk),
        ]);
        (await clinic.Decisions(ana)).ShouldBe(["Flu | Sent"]);
        (await clinic.Decisions(dead)).ShouldBe(["Flu | NotSent | deceased"]);
        (await clinic.Decisions(unreachable)).ShouldBe(["Flu | NotSent | no-contact"]);
        (await clinic.Decisions(out_)).ShouldBe(["Flu | NotSent | opted-out"]);
        (await stage.Of(campaign)).State.ShouldBe(CampaignState.Finished);
        var report = await stage.Report(campaign);
        (report.Planned, report.Sent, report.NotSent.Sum(left => left.Patients), report.Delivery[DeliveryState.Delivered]).ShouldBe((0, 2, 3, 2));
    }

    [Theory]
    [OnEveryDatabase]
    public async Task It_goes_to_those_who_were_seen(DatabaseProvider on)
    {
        await using var clinic = await Clinic.OpenOn(on, "2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        await clinic.Says(await clinic.Patient("P1", with: facts => facts with { Born = new NodaTime.LocalDate(1950, 1, 1), Language = "es-MX" }), AppointmentChange.Book, "2026-11-24 15:00", facts => facts with { Type = new Coded("FLU") }, "V1");
        await clinic.Says(await clinic.Patient("P2", "+12025550102", facts => facts with { Born = new NodaTime.LocalDate(2015, 1, 1), Language = "es" }), AppointmentChange.Book, "2026-11-25 15:00", facts => facts with { Type = new Coded("FLU") }, "V2");
        await clinic.Says(await clinic.Patient("P3", "+12025550103", facts => facts with { Born = new NodaTime.LocalDate(1950, 1, 1), Language = "en" }), AppointmentChange.Book, "2026-11-24 15:00", facts => facts with { Type = new Coded("FLU") }, "V3");
        await clinic.Says(await clinic.Patient("P4", "+12025550104", facts => facts with { Born = new NodaTime.LocalDate(1950, 1, 1), Language = "es" }), AppointmentChange.Book, "2026-11-24 15:00", facts => facts with { Type = new Coded("LAB") }, "V4");
        await clinic.Patient("P5", "+12025550105");
        var campaign = await stage.Add(audience: new() { EventTypes = ["FLU"], Ages = ["65+"], Languages = ["es"], SeenFrom = new(2026, 11, 24), SeenBefore = new(2026, 11, 25) });
        (await stage.Preview(campaign)).Reachable.ShouldBe(1);

        await stage.Say(campaign, CampaignStep.Start);
        await stage.Look();

        (await clinic.Outbox()).Where(message => message.Priority == Priority.Bulk).ShouldHaveSingleItem().To.ShouldBe("+12025550101");
    }

    [Fact]
    public async Task The_report_says_what_failed_and_why_who_opted_out_and_what_it_cost()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        for (var patient = 1; patient <= 3; patient++)
            await clinic.Patient($"P{patient}", $"+1202555010{patient}");
        var campaign = await stage.Add();
        await stage.List(campaign, "P1", "P2", "P3");
        await stage.Say(campaign, CampaignStep.Start);
        await stage.Look();
        await clinic.Leave();
        await clinic.Change<OutboundMessage>(message => message.To.EndsWith('1'), message => (message.Delivery, message.FailureCode) = (DeliveryState.Undelivered, "30003"));
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550102", "reply"));

        var report = await stage.Report(campaign);

        report.Failed.ShouldHaveSingleItem().ShouldBe(new CampaignPreview.Left("30003", FailureWords.For("30003"), 1));
        (report.Sent, report.Delivery[DeliveryState.Delivered], report.OptedOut, report.Segments).ShouldBe((3, 2, 1, 3));
    }

    [Fact]
    public async Task The_rate_and_the_hours_hold_also_over_a_pause()
    {
        await using var clinic = await Clinic.Open("2026-11-06 15:30");
        var stage = new CampaignStage(clinic);
        for (var patient = 1; patient <= 12; patient++)
            await clinic.Patient($"P{patient}", $"+1202555{100 + patient:0000}");
        var campaign = await stage.Add(new() { PerHour = 4, From = "09:00", To = "16:00", BusinessDays = true });
        await stage.List(campaign, [.. Enumerable.Range(1, 12).Select(patient => $"P{patient}")]);
        await stage.Say(campaign, CampaignStep.Start);

        await stage.Until("2026-11-06 15:59");
        (await clinic.Outbox()).Count.ShouldBe(2);
        await stage.Until("2026-11-09 08:59", minutes: 20);
        (await clinic.Outbox()).Count.ShouldBe(2);
        await stage.Until("2026-11-09 10:01");
        (await clinic.Outbox()).Count.ShouldBe(7);

        await stage.Say(campaign, CampaignStep.Pause);
        await stage.Until("2026-11-09 13:00", minutes: 20);
        (await clinic.Outbox()).Count.ShouldBe(7);
        await stage.Say(campaign, CampaignStep.Resume);
        await stage.Until("2026-11-09 13:31");
        (await clinic.Outbox()).Count.ShouldBe(10);

        await stage.Say(campaign, CampaignStep.Stop);
        await stage.Until("2026-11-09 15:00", minutes: 20);
        (await clinic.Outbox()).Count.ShouldBe(10);
        (await stage.Report(campaign)).NotSent.ShouldHaveSingleItem().ShouldBe(new CampaignPreview.Left(Reasons.CampaignStopped, "the campaign was stopped", 2));
    }

    [Fact]
    public async Task What_waits_for_the_provider_is_held_back_by_a_pause_and_goes_once_when_it_is_resumed()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var ana = await clinic.Patient("P1");
        var campaign = await stage.Add();
        await stage.List(campaign, "P1");
        await stage.Say(campaign, CampaignStep.Start);
        await stage.Look();
        await stage.Say(campaign, CampaignStep.Pause);
        await clinic.Leave();
        (await clinic.Arrived()).ShouldBeEmpty();
        (await clinic.Decisions(ana)).ShouldBe(["Flu | Planned"]);

        await stage.Say(campaign, CampaignStep.Resume);
        await stage.Until("2026-11-02 12:03");
        await clinic.Leave();
        await stage.Look();

        (await clinic.Arrived()).ShouldHaveSingleItem();
        (await stage.Of(campaign)).State.ShouldBe(CampaignState.Finished);
    }

    [Fact]
    public async Task A_node_that_dies_while_it_plans_leaves_nobody_out_and_nobody_twice()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var ids = Enumerable.Range(1, 1200).Select(patient => $"P{patient}").ToArray();
        await clinic.Read(async db =>
        {
            var patients = ids.Select((id, at) => new Patient { Emr = "main", ExternalId = id, Given = "ANA" }.With(ContactTag.Cell, $"+1202{5550000 + at}")).ToList();
            db.AddRange(patients);
            db.AddRange(patients.Select(patient => new PatientIdentifier { Emr = "main", ExternalId = patient.ExternalId, PatientId = patient.Id }));
            return await db.SaveChangesAsync();
        });
        var campaign = await stage.Add(new() { PerHour = 60 });
        await stage.List(campaign, ids);
        await stage.Say(campaign, CampaignStep.Start);
        var gone = Guid.NewGuid();
        await clinic.Change<Campaign>(row => row.Id == campaign, row => (row.Claim, row.ClaimedUntil) = (gone, clinic.Now + PlanCampaign.Lease));
        (await clinic.Send(new PlanCampaign(campaign, gone))).ShouldBeTrue();

        await stage.Look();
        (await clinic.Read(db => db.Set<PlannedMessage>().CountAsync())).ShouldBe(500);
        clinic.Sleep("2026-11-02 12:02");
        (await clinic.Read(db => db.Set<Campaign>().AsNoTracking().SingleAsync())).AllPlanned.ShouldBeFalse();
        await stage.Look();

        var rows = await clinic.Read(db => db.Set<PlannedMessage>().AsNoTracking().ToListAsync());
        rows.Count.ShouldBe(1200);
        rows.Select(row => row.PatientId).Distinct().Count().ShouldBe(1200);
        (await clinic.Send(new PlanCampaign(campaign, gone))).ShouldBeFalse();
        rows.Max(row => row.DueAt).ShouldBe(Given.At("2026-11-03 18:59"), "60 an hour: 540 until nine in the evening, the others from eight");
    }

    [Theory]
    [InlineData("Your visit is on {eventDate}", "a campaign is about no visit")]
    [InlineData("Hi {clientName}", "unknown phrase")]
    public async Task A_text_that_cannot_be_said_is_refused(string text, string problem)
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var entry = CampaignStage.Flu(clinic);
        entry.Sms!["en"] = text;
        (await clinic.Send(new SaveCampaign(null, entry, CampaignStage.Who))).Problem.ShouldNotBeNull().ShouldContain(problem);
    }

    [Fact]
    public async Task The_preview_and_the_report_take_an_index()
    {
        await using var clinic = await Clinic.OpenOn(DatabaseProvider.Sqlite, "2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        await clinic.Patient("P1");
        var campaign = await stage.Add();
        await stage.List(campaign, "mrn", "P1", "P2");

        var plans = await QueryPlans.Of(clinic.DatabaseFile, async () =>
        {
            await clinic.Ask(new CampaignPreview(campaign));
            await clinic.Ask(new CampaignReport(campaign));
        });

        plans.Count.ShouldBeGreaterThan(8);
        QueryPlans.Scans(plans, "Practice", "Line", "Resource", "EventType", "Holiday", "HealthSystem", "SettingsVersion").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_language_that_one_medium_lacks_is_refused()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var entry = CampaignStage.Flu(clinic);
        entry.Sms!["pl"] = "Szczepienia w piątki.";
        entry.Voice = new() { ["en"] = "Flu shots on Fridays." };
        (await clinic.Send(new SaveCampaign(null, entry, CampaignStage.Who))).Problem.ShouldNotBeNull().ShouldContain("the call is missing in pl");
    }

    [Fact]
    public async Task A_list_that_is_too_long_or_was_cut_off_starts_nothing()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var campaign = await stage.Add();
        (await stage.Say(campaign, CampaignStep.Start)).Problem.ShouldNotBeNull().ShouldContain("no list");
        (await stage.List(campaign, string.Concat(Enumerable.Range(0, Campaign.MostPatients + 1).Select(row => $"N{row}\n")))).Problem.ShouldNotBeNull().ShouldContain("more than 30000");
        (await stage.Say(campaign, CampaignStep.Start)).Problem.ShouldNotBeNull();
    }
}
