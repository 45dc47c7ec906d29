using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_the_EMR_keeps_opt_outs_in_a_field_of_its_own
{
    [Fact]
    public async Task The_mapping_names_the_field_and_texts_stop_until_the_EMR_takes_it_back()
    {
        using var folder = new TempFolder();
        var generic = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "mappings", "generic", "hl7.yaml"), TestContext.Current.CancellationToken);
        folder.Write("hl7.yaml", generic.Replace("contact:\n", "contact:\n  no-texts: ZOP-1\n", StringComparison.Ordinal));
        await using var hospital = await Hospital.Open(folder.Path);

        await hospital.Says(Said.Visit("1", "20260910100000", "S12", "V1", "FU") + "\nZOP|Y");
        (await hospital.All<Patient>()).Single().NoTexts.ShouldBeTrue();
        (await hospital.All<PlannedMessage>()).ShouldAllBe(row => row.State == PlanState.NotSent);
        (await hospital.All<PlannedMessage>()).ShouldContain(row => row.Reason == Reasons.OptedOutInEmr);

        await hospital.Says(Said.Visit("2", "20260910101000", "S14", "V1", "FU"));
        (await hospital.All<Patient>()).Single().NoTexts.ShouldBeTrue();

        await hospital.Says(Said.Visit("3", "20260910102000", "S14", "V1", "FU") + "\nZOP|N");
        (await hospital.All<PlannedMessage>()).ShouldContain(row => row.State == PlanState.Planned);
    }

    [Fact]
    public async Task What_was_left_out_of_an_applied_message_is_seen_on_it()
    {
        await using var hospital = await Hospital.Open();

        var applied = await hospital.SaysSample("cancel-in-an-unknown-language");
        (applied.State, applied.Cause).ShouldBe((InboxState.Applied, "unknown-code"));
        applied.CausePath.ShouldBe("PID-15");
    }
}
