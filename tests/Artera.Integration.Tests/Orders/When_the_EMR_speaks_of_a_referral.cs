using Artera.Integration.Inbound;
using Artera.Integration.Patients;
using Artera.Integration.Referrals;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Orders;

public sealed class When_the_EMR_speaks_of_a_referral : IAsyncLifetime
{
    private Hospital hospital = null!;

    public async ValueTask InitializeAsync() => hospital = await Hospital.Open();

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task It_is_kept_and_makes_an_unknown_patient_known()
    {
        (await hospital.Says(Said.Referral("1", "20260912110000", "I12"))).State.ShouldBe(InboxState.Applied);

        var referral = await Known();
        (referral.ExternalId, referral.TypeText, referral.AuthorizationStatus, referral.Status).ShouldBe(("RF4411", "Dermatology", "pending", ReferralStatus.Active));
        referral.ExpiresOn.ShouldBe(new LocalDate(2027, 3, 12));
        referral.PracticeId.ShouldNotBeNull();
        var patient = (await hospital.Read(db => db.Set<Patient>().Include(row => row.ContactPoints).ToListAsync())).ShouldHaveSingleItem();
        patient.Address(ContactTag.Cell).ShouldBe("+12175550102");
    }

    [Fact]
    public async Task It_changes_nothing_of_a_patient_who_is_known_and_any_word_about_the_patient_counts_more()
    {
        await hospital.Says(Said.Referral("1", "20260912110000", "I12"));
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A08|A1|P|2.5.1
            PID|1||100231^^^GH^MR||OTHERWISE^MARIA||19840312|F
            """);
        await hospital.Says(Said.Referral("2", "20260913110000", "I13", "A"));

        (await hospital.All<Patient>()).ShouldHaveSingleItem().Family.ShouldBe("OTHERWISE");
    }

    [Fact]
    public async Task A_change_and_a_cancellation_are_told_of_the_same_referral()
    {
        await hospital.SaysSample("referral-new");
        await hospital.Says(Said.Referral("G0302", "20260913110000", "I13", "A"));
        var changed = await Known();
        changed.AuthorizationStatus.ShouldBe("approved");
        changed.AuthorizationAt.ShouldNotBeNull();

        await hospital.Says(Said.Referral("G0303", "20260914110000", "I14", "A"));
        (await Known()).Status.ShouldBe(ReferralStatus.Cancelled);
        (await hospital.Says(Said.Referral("G0304", "20260913120000", "I13", "A"))).State.ShouldBe(InboxState.Stale);
        (await Known()).Status.ShouldBe(ReferralStatus.Cancelled);
    }

    [Fact]
    public async Task Word_of_its_scheduling_goes_by_the_mapping_and_by_the_visit()
    {
        await hospital.Says(Said.Referral("1", "20260912110000", "I12"));
        await hospital.Says(Said.Visit("2", "20260913100000", "S12", "V1", "DERM", "GI").Replace("AIL|1||GI", "AIL|1||GI\nAIP|1||4200^SKIN^SVEN", StringComparison.Ordinal));
        var scheduled = await Known();
        (scheduled.Scheduling, scheduled.IsOpen).ShouldBe((Referral.Scheduled, false));
        scheduled.SchedulingAt.ShouldNotBeNull();

        await hospital.Says(Said.Visit("3", "20260914100000", "S15", "V1", "DERM"));
        (await Known()).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_provider_that_no_practice_owns_keeps_the_message_until_one_does()
    {
        var kept = await hospital.Says(Said.Referral("1", "20260912110000", "I12", provider: "4999"));
        (kept.State, kept.Cause, kept.CauseValue).ShouldBe((InboxState.Unmapped, "unmapped-provider", "4999"));

        await hospital.Server.Write(new Enterprise.Resource
        {
            Emr = "main",
            Kind = Enterprise.ResourceKind.Provider,
            ExternalId = "4999",
            Name = "Somebody",
            PracticeId = (await hospital.All<Enterprise.Practice>()).Single().Id,
        });
        await hospital.SetUp();
        await hospital.Server.Until(_ => hospital.All<Referral>(), referrals => referrals.Count == 1);
    }

    private async Task<Referral> Known() => (await hospital.All<Referral>()).ShouldHaveSingleItem();
}
