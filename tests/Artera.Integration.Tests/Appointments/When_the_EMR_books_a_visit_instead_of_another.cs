using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Appointments;

/// <summary>Epic moves a visit by cancelling it and booking another one, whose SCH-24 names the former.</summary>
public sealed class When_the_EMR_books_a_visit_instead_of_another : IAsyncLifetime
{
    private Hospital hospital = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open("mappings/epic", "2026-09-10T16:00:00Z");
        var system = (await hospital.All<HealthSystem>()).Single().Id;
        await hospital.Server.Write(Rule(system, Anchor.Changed, "changed"), Rule(system, Anchor.Cancelled, "cancelled"));
        await hospital.Says(Said.Visit("1", "20260910110000", "S12", "OLD", "FU"));
        await Sent(1);
    }

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_patient_is_told_once_of_a_change_whichever_comes_first(bool cancelledFirst)
    {
        string[] said = [Cancelled("2"), BookedInstead("3")];
        foreach (var message in cancelledFirst ? said : said.Reverse())
            await hospital.Says(message);
        await Sent(2);
        hospital.Clock.Advance(TimeSpan.FromMinutes(30));
        await hospital.Says(Said.Visit("4", "20260910113500", "S14", "NEW", "FU", start: "20261112103000", sch24: "OLD"));

        (await Sent(2)).Select(message => message.Body.Split(' ')[0]).ShouldBe(["Test", "changed"]);
        var visits = (await hospital.All<Appointment>()).ToDictionary(visit => visit.ExternalId);
        visits["NEW"].ReplacesId.ShouldBe(visits["OLD"].Id);
        visits["OLD"].ReplacedById.ShouldBe(visits["NEW"].Id);
        (visits["OLD"].IsLive, visits["NEW"].IsLive, visits["OLD"].SystemStatus).ShouldBe((false, true, EmrStatus.Cancelled));
        (await hospital.All<PlannedMessage>()).ShouldNotContain(row => row.SubjectId == visits["OLD"].Id && row.State == PlanState.Planned);
        (await hospital.All<PlannedMessage>()).ShouldContain(row => row.SubjectId == visits["NEW"].Id && row.State == PlanState.Planned);
    }

    [Fact]
    public async Task A_cancellation_that_was_told_is_followed_by_a_booking()
    {
        await hospital.Says(Cancelled("2"));
        hospital.Clock.Advance(TimeSpan.FromMinutes(6));
        await Sent(2);
        await hospital.Says(BookedInstead("3"));

        (await Sent(3)).Select(message => message.Body.Split(' ')[0]).ShouldBe(["Test", "cancelled", "Test"]);
        (await hospital.All<Appointment>()).ShouldAllBe(visit => visit.ReplacesId == null && visit.ReplacedById == null);
    }

    [Fact]
    public async Task A_booking_of_the_former_that_comes_late_is_not_told()
    {
        await hospital.Says(Said.Visit("9", "20260910115000", "S12", "NEWER", "FU", start: "20261112103000", sch24: "LATE"));
        await Sent(2);
        await hospital.Says(Said.Visit("8", "20260910114000", "S12", "LATE", "FU", start: "20261110103000"));

        var late = (await hospital.All<Appointment>()).Single(visit => visit.ExternalId == "LATE");
        late.IsLive.ShouldBeFalse();
        (await hospital.All<PlannedMessage>()).ShouldNotContain(row => row.SubjectId == late.Id);
    }

    [Fact]
    public async Task Another_patients_visit_is_not_replaced()
    {
        await hospital.Says(Said.Visit("2", "20260910111000", "S12", "NEW", "FU", start: "20261112103000", sch24: "OLD", patients: "PID|1||100999^^^GH^MR||OTHER^OLGA"));

        (await hospital.All<Appointment>()).ShouldAllBe(visit => visit.IsLive);
    }

    [Fact]
    public async Task The_former_booked_again_stands_again()
    {
        await hospital.Says(BookedInstead("2"));
        await hospital.Says(Said.Visit("3", "20260910113000", "S12", "OLD", "FU"));

        (await hospital.All<Appointment>()).ShouldAllBe(visit => visit.IsLive);
    }

    private static string Cancelled(string controlId) => Said.Visit(controlId, "20260910111000", "S15", "OLD", "FU");

    private static string BookedInstead(string controlId) =>
        Said.Visit(controlId, "20260910111000", "S12", "NEW", "FU", start: "20261112103000", sch24: "OLD");

    private static Trigger Rule(long system, Anchor anchor, string happened) => new()
    {
        HealthSystemId = system,
        Name = $"When {happened}",
        Timing = new Timing { Anchor = anchor },
        Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = $"{happened} it is" } }],
    };

    private Task<List<OutboundMessage>> Sent(int count) => hospital.Server.Until(
        db => db.Set<OutboundMessage>().AsNoTracking().OrderBy(message => message.Id).ToListAsync(), messages => messages.Count >= count);
}
