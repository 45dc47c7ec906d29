using Artera.Integration.Appointments;
using Artera.Integration.Inbound;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;
using NodaTime;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_the_EMR_merges_in_odd_ways : IAsyncLifetime
{
    private Hospital hospital = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open();
        await hospital.Says(Said.Visit("1", "20260910100000", "S12", "V1", "FU"));
        await hospital.Says(Said.Order("2", "20260910101000", "NW"));
    }

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task Twice_is_once()
    {
        await hospital.Says(Merge("3", "20260911090000", "100999", "100231"));
        (await hospital.Says(Merge("4", "20260911090500", "100999", "100231"))).State.ShouldBe(InboxState.Applied);

        await EverythingBelongsTo("100999");
    }

    [Fact]
    public async Task Into_itself_is_held_and_changes_nothing()
    {
        var held = await hospital.Says(Merge("3", "20260911090000", "100231", "100231"));

        (held.State, held.Cause).ShouldBe((InboxState.Held, "circular-merge"));
        await EverythingBelongsTo("100231");
    }

    [Fact]
    public async Task Of_two_that_contradict_each_other_the_newest_counts_also_when_it_comes_first()
    {
        await hospital.Says(Merge("5", "20260912090000", "100231", "100999"));
        await hospital.Says(Merge("4", "20260911090000", "100999", "100231"));
        await EverythingBelongsTo("100231");

        await hospital.Says(Merge("6", "20260913090000", "100999", "100231"));
        await EverythingBelongsTo("100999");
    }

    [Fact]
    public async Task What_is_said_of_the_former_identifier_later_lands_on_the_survivor()
    {
        await hospital.Says(Merge("3", "20260911090000", "100999", "100231"));
        await hospital.Says(Said.Visit("4", "20260912100000", "S12", "V2", "FU"));
        await hospital.Says(Said.Referral("5", "20260912110000", "I12"));

        await EverythingBelongsTo("100999");
    }

    [Theory]
    [InlineData("A47")]
    [InlineData("A34")]
    [InlineData("A30")]
    public async Task A_changed_identifier_keeps_what_is_known_of_the_person(string trigger)
    {
        await hospital.Says(Merge("3", "20260911090000", "100999", "100231", trigger));

        await EverythingBelongsTo("100999");
        (await hospital.All<Patient>()).Single().ShouldSatisfyAllConditions(
            patient => patient.Family.ShouldBe("SAMPLE"), patient => patient.Born.ShouldBe(new LocalDate(1984, 3, 12)), patient => patient.Sex.ShouldBe(Mapping.Sex.Female));
    }

    private async Task EverythingBelongsTo(string id)
    {
        var patient = (await hospital.All<Patient>()).ShouldHaveSingleItem();
        patient.ExternalId.ShouldBe(id);
        (await hospital.All<Appointment>()).ShouldAllBe(visit => visit.PatientId == patient.Id);
        (await hospital.All<Recall>()).ShouldHaveSingleItem().PatientId.ShouldBe(patient.Id);
        (await hospital.All<Referrals.Referral>()).ShouldAllBe(referral => referral.PatientId == patient.Id);
    }

    private static string Merge(string controlId, string time, string survivor, string losing, string trigger = "A40") => $"""
        MSH|^~\&|ADT|GH|ARTERA|ARTERA|{time}||ADT^{trigger}^ADT_A39|{controlId}|P|2.5.1
        EVN||{time}
        PID|1||{survivor}^^^GH^MR
        MRG|{losing}^^^GH^MR
        """;
}
