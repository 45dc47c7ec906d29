using Artera.Integration.Appointments;
using Artera.Integration.Inbound;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Tests.Harness;
using NodaTime;

namespace Artera.Integration.Tests.Orders;

public sealed class When_the_EMR_speaks_of_a_recall : IAsyncLifetime
{
    private Hospital hospital = null!;

    public async ValueTask InitializeAsync() => hospital = await Hospital.Open();

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task It_is_kept_with_its_patient_and_its_practice()
    {
        (await hospital.SaysSample("recall-new")).State.ShouldBe(InboxState.Applied);

        var recall = await Known();
        recall.ExternalId.ShouldBe("R8801");
        recall.DueOn.ShouldBe(new LocalDate(2027, 9, 15));
        (recall.TypeCode, recall.TypeText, recall.Priority).ShouldBe(("RECALL-COLO", "Colonoscopy recall", "R"));
        recall.PracticeId.ShouldNotBeNull();
        recall.IsOpen.ShouldBeTrue();
        (await hospital.All<Patient>()).ShouldHaveSingleItem().Family.ShouldBe("SAMPLE");
    }

    [Fact]
    public async Task A_change_a_cancellation_and_a_completion_are_told_of_the_same_recall()
    {
        await hospital.SaysSample("recall-new");
        await hospital.SaysSample("recall-changed");
        var changed = await Known();
        (changed.DueOn, changed.Priority, changed.Status).ShouldBe((new LocalDate(2027, 10, 1), "S", RecallStatus.Active));

        await hospital.SaysSample("recall-cancelled");
        (await Known()).Status.ShouldBe(RecallStatus.Cancelled);

        await hospital.Says(Said.Order("X1", "20260914100000", "SC", status: "CM"));
        (await Known()).Status.ShouldBe(RecallStatus.Completed);
    }

    [Theory]
    [InlineData("ORM^O01")]
    [InlineData("OMG^O19")]
    public async Task What_is_over_stays_over_when_an_older_message_comes_late(string type)
    {
        await hospital.Says(Said.Order("2", "20260912100000", "SC", status: "CM", type: type));
        (await hospital.Says(Said.Order("1", "20260911100000", "NW", type: type))).State.ShouldBe(InboxState.Stale);

        (await Known()).Status.ShouldBe(RecallStatus.Completed);
    }

    [Fact]
    public async Task An_unmapped_location_keeps_the_message_until_a_practice_owns_it()
    {
        var kept = await hospital.Says(Said.Order("1", "20260911100000", "NW", location: "ANNEX"));
        (kept.State, kept.Cause, kept.CauseValue).ShouldBe((InboxState.Unmapped, "unmapped-location", "ANNEX"));
        (await hospital.All<Recall>()).ShouldBeEmpty();

        await hospital.Server.Write(new Enterprise.Resource
        {
            Emr = "main",
            Kind = Enterprise.ResourceKind.Location,
            ExternalId = "ANNEX",
            Name = "Annex",
            PracticeId = (await hospital.All<Enterprise.Practice>()).Single().Id,
        });
        await hospital.SetUp();
        await hospital.Server.Until(_ => hospital.All<Recall>(), recalls => recalls.Count == 1);
    }

    [Fact]
    public async Task A_visit_that_it_asks_for_completes_it_and_cancelling_the_visit_opens_it_again()
    {
        await hospital.SaysSample("recall-new");
        await hospital.Says(Said.Visit("1", "20260912100000", "S12", "V1", "COLO60"));
        var visit = (await hospital.All<Appointment>()).Single();
        (await Known()).ShouldSatisfyAllConditions(recall => recall.AppointmentId.ShouldBe(visit.Id), recall => recall.IsOpen.ShouldBeFalse());

        await hospital.Says(Said.Visit("2", "20260913100000", "S15", "V1", "COLO60"));
        (await Known()).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_visit_that_was_booked_before_completes_it_too()
    {
        await hospital.Says(Said.Visit("1", "20260910100000", "S12", "V1", "COLO60"));
        await hospital.SaysSample("recall-new");

        (await Known()).AppointmentId.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("FU30", "GI")]
    [InlineData("COLO60", "10501101")]
    public async Task A_visit_for_something_else_or_somewhere_else_does_not(string type, string location)
    {
        await hospital.SaysSample("recall-new");
        await hospital.Says(Said.Visit("1", "20260912100000", "S12", "V1", type, location));

        (await Known()).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_merge_gives_it_to_the_survivor()
    {
        await hospital.SaysSample("recall-new");
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260914090000||ADT^A40^ADT_A39|M1|P|2.5.1
            EVN||20260914090000
            PID|1||100999^^^GH^MR||SAMPLE^MARIA
            MRG|100231^^^GH^MR
            """);

        var patient = (await hospital.All<Patient>()).ShouldHaveSingleItem();
        patient.ExternalId.ShouldBe("100999");
        (await Known()).PatientId.ShouldBe(patient.Id);
    }

    [Fact]
    public async Task One_message_may_speak_of_several()
    {
        await hospital.SaysSample("recall-new");
        await hospital.SaysSample("recall-cancelled-and-new-in-one");

        // The sample is as old as the first message and its control id is higher.
        (await hospital.All<Recall>()).Select(recall => (recall.ExternalId, recall.Status)).Order()
            .ShouldBe([("R8801", RecallStatus.Cancelled), ("R8802", RecallStatus.Active)]);
    }

    private async Task<Recall> Known() => (await hospital.All<Recall>()).ShouldHaveSingleItem();
}
