using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_campaign_reaches_a_family
{
    [Theory]
    [OnEveryDatabase]
    public async Task A_phone_that_a_family_shares_gets_the_same_words_once(DatabaseProvider on)
    {
        await using var clinic = await Clinic.OpenOn(on, "2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var ana = await clinic.Patient("P1");
        var twin = await clinic.Patient("P2");
        var abroad = await clinic.Patient("P3", with: facts => facts with { Language = "es" });
        var other = await clinic.Patient("P4", "+12025550104");
        var campaign = await stage.Add();
        await stage.List(campaign, "P1", "P2", "P3", "P4");
        var preview = await stage.Preview(campaign);
        (preview.Reachable, preview.SharedNumbers, preview.Segments).ShouldBe((3, 1, 3));
        preview.LeftOut.ShouldHaveSingleItem().ShouldBe(new CampaignPreview.Left(Reasons.SameNumber, Reasons.InWords(Reasons.SameNumber, null)!, 1));

        await stage.Say(campaign, CampaignStep.Start);
        await stage.Look();
        await clinic.Leave();
        await stage.Until("2026-11-02 12:02");

        (await clinic.Arrived()).Select(text => (text.To, text.Body[..2])).ShouldBe([("+12025550101", "Hi"), ("+12025550101", "Ho"), ("+12025550104", "Hi")], ignoreOrder: true);
        (await clinic.Decisions(ana)).ShouldBe(["Flu | Sent"]);
        (await clinic.Decisions(twin)).ShouldBe(["Flu | NotSent | same-number"]);
        (await clinic.Decisions(abroad)).ShouldBe(["Flu | Sent"]);
        (await clinic.Decisions(other)).ShouldBe(["Flu | Sent"]);
        (await stage.Report(campaign)).Segments.ShouldBe(preview.Segments);
        (await stage.Report(campaign)).NotSent.ShouldHaveSingleItem().InWords.ShouldBe("the same words have gone to this number for another patient of the campaign");
        (await stage.Of(campaign)).State.ShouldBe(CampaignState.Finished);
    }

    [Fact]
    public async Task A_family_hears_it_also_when_the_first_of_them_is_decided_against_while_it_waits()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var first = await clinic.Patient("P1");
        var second = await clinic.Patient("P2");
        var campaign = await stage.Add();
        await stage.List(campaign, "P1", "P2");
        await stage.Say(campaign, CampaignStep.Start);
        await stage.Look();
        await clinic.Patient("P1", with: facts => facts with { Deceased = true });

        await clinic.Leave();
        (await clinic.Arrived()).ShouldBeEmpty();
        await stage.Until("2026-11-02 12:02");
        await clinic.Leave();
        await stage.Look();

        (await clinic.Arrived()).ShouldHaveSingleItem();
        (await clinic.Decisions(first)).ShouldBe(["Flu | NotSent | deceased"]);
        (await clinic.Decisions(second)).ShouldBe(["Flu | Sent"]);
        (await stage.Of(campaign)).State.ShouldBe(CampaignState.Finished);
    }

    [Fact]
    public async Task Two_who_turn_out_to_be_one_are_told_once()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var stage = new CampaignStage(clinic);
        var ana = await clinic.Patient("P1");
        await clinic.Patient("P2", "+12025550102");
        var campaign = await stage.Add(new() { PerHour = 1 });
        await stage.List(campaign, "P1", "P2");
        await stage.Say(campaign, CampaignStep.Start);
        await stage.Look();
        await clinic.Send(new MergePatients("main", "US", new PatientFacts { Id = "P1" }, "P2", new MessageVersion(clinic.Now, "9")));

        await stage.Until("2026-11-02 14:00", minutes: 10);

        (await clinic.Outbox()).ShouldHaveSingleItem();
        (await clinic.Decisions(ana)).ShouldBe(["Flu | Sent", $"Flu | NotSent | {Reasons.ToldBefore}"], ignoreOrder: true);
    }
}
