using Artera.Integration.Appointments;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;

namespace Artera.Integration.Tests.Appointments;

public sealed class When_patients_share_a_visit : IAsyncLifetime
{
    private const string Maria = "PID|1||100231^^^GH^MR||SAMPLE^MARIA";
    private const string Olga = "PID|2||100999^^^GH^MR||OTHER^OLGA";

    private Hospital hospital = null!;

    public async ValueTask InitializeAsync() => hospital = await Hospital.Open(now: "2026-09-10T16:00:00Z");

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task Who_was_there_before_keeps_the_appointment_when_another_joins_and_leaves()
    {
        await hospital.Says(Said.Visit("1", "20260910110000", "S12", "G1", "GROUP", patients: Maria));
        var alone = (await hospital.All<Appointment>()).Single();
        await hospital.Says(Said.Visit("2", "20260910111000", "S14", "G1", "GROUP", patients: $"{Maria}\n{Olga}"));

        var both = await hospital.All<Appointment>();
        both.Select(visit => visit.ExternalId).Order(StringComparer.Ordinal).ShouldBe(["G1/100231", "G1/100999"]);
        both.Single(visit => visit.PatientId == alone.PatientId).Id.ShouldBe(alone.Id);

        await hospital.Says(Said.Visit("3", "20260910112000", "S15", "G1", "GROUP", patients: Maria));
        var after = await hospital.All<Appointment>();
        after.Count.ShouldBe(2);
        after.Single(visit => visit.Id == alone.Id).ShouldSatisfyAllConditions(
            visit => visit.SystemStatus.ShouldBe(EmrStatus.Cancelled),
            visit => visit.ExternalId.ShouldBe("G1"));
        after.Single(visit => visit.Id != alone.Id).IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task An_older_message_of_the_group_is_stale()
    {
        await hospital.Says(Said.Visit("2", "20260910111000", "S15", "G1", "GROUP", patients: Maria));
        (await hospital.Says(Said.Visit("1", "20260910110000", "S12", "G1", "GROUP", patients: $"{Maria}\n{Olga}"))).State.ShouldBe(InboxState.Applied);

        var visits = await hospital.All<Appointment>();
        visits.Select(visit => (visit.ExternalId, visit.SystemStatus)).Order().ShouldBe([("G1", EmrStatus.Cancelled), ("G1/100999", EmrStatus.Booked)]);
    }

    [Fact]
    public async Task A_visit_moves_to_another_patient_and_one_that_nobody_knows_moves_nowhere()
    {
        await hospital.Says(Said.Visit("1", "20260910110000", "S12", "V1", "FU", patients: Maria));
        (await hospital.Says(Move("2", "V1"))).State.ShouldBe(InboxState.Applied);
        var olga = (await hospital.All<Patient>()).Single(patient => patient.ExternalId == "100999");
        (await hospital.All<Appointment>()).ShouldHaveSingleItem().PatientId.ShouldBe(olga.Id);

        var unknown = await hospital.Says(Move("3", "V9"));
        (unknown.State, unknown.Cause).ShouldBe((InboxState.Ignored, "unknown-appointment"));
    }

    [Fact]
    public async Task A_visit_with_another_number_is_the_same_visit()
    {
        await hospital.Says(Said.Visit("1", "20260910110000", "S12", "55501", "FU", patients: Maria));
        (await hospital.SaysSample("visit-renumbered")).State.ShouldBe(InboxState.Applied);
        await hospital.Says(Said.Visit("2", "20260915110000", "S15", "77701", "FU", patients: Maria));

        (await hospital.All<Appointment>()).ShouldHaveSingleItem().SystemStatus.ShouldBe(EmrStatus.Cancelled);
    }

    [Fact]
    public async Task Two_visits_that_turn_out_to_be_one_are_one()
    {
        await hospital.Says(Said.Visit("1", "20260910110000", "S12", "55501", "FU", patients: Maria));
        await hospital.Says(Said.Visit("2", "20260910110500", "S12", "77701", "FU", patients: Maria));
        (await hospital.SaysSample("visits-merged")).State.ShouldBe(InboxState.Applied);

        var visits = await hospital.All<Appointment>();
        visits.Single(visit => visit.IsLive).ExternalId.ShouldBe("77701");
        var gone = visits.Single(visit => !visit.IsLive);
        (gone.ExternalId, gone.ReplacedById).ShouldBe(("55501", visits.Single(visit => visit.IsLive).Id));
        (await hospital.All<PlannedMessage>()).ShouldNotContain(row => row.SubjectId == gone.Id && row.State == PlanState.Planned);
    }

    [Fact]
    public async Task Of_two_visits_that_are_one_only_the_former_may_be_known()
    {
        await hospital.Says(Said.Visit("1", "20260910110000", "S12", "55501", "FU", patients: Maria));
        (await hospital.SaysSample("visits-merged")).State.ShouldBe(InboxState.Applied);

        (await hospital.All<Appointment>()).ShouldHaveSingleItem().ExternalId.ShouldBe("77701");
    }

    [Fact]
    public async Task The_end_of_an_unknown_visit_outlives_its_booking_that_comes_late()
    {
        await hospital.Says($"MSH|^~\\&|SCHED|GH|ARTERA|ARTERA|20260910111000||SIU^S15^SIU_S12|2|P|2.5.1\nSCH||V1\n{Maria}");
        (await hospital.Says(Said.Visit("1", "20260910110000", "S12", "V1", "FU", patients: Maria))).State.ShouldBe(InboxState.Stale);

        (await hospital.All<Appointment>()).ShouldHaveSingleItem().SystemStatus.ShouldBe(EmrStatus.Cancelled);
    }

    private static string Move(string controlId, string visit) => $"""
        MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260910113000||ADT^A45^ADT_A45|{controlId}|P|2.5.1
        PID|1||100999^^^GH^MR||OTHER^OLGA
        MRG|100231^^^GH^MR||||{visit}
        """;
}
