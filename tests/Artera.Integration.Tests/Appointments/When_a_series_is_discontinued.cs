using Artera.Integration.Appointments;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;

namespace Artera.Integration.Tests.Appointments;

/// <summary>SIU^S16; SCH-24 is what the visits of the series share.</summary>
public sealed class When_a_series_is_discontinued : IAsyncLifetime
{
    private Hospital hospital = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open(now: "2026-09-10T16:00:00Z");
        foreach (var (id, start) in new[] { ("PAST", "20260909103000"), ("ONE", "20261001103000"), ("TWO", "20261101103000"), ("THREE", "20261201103000") })
            await hospital.Says(Said.Visit($"B{id}", "20260908110000", "S12", id, "PT", start: start, sch24: "SER77"));
        await hospital.Says(Said.Visit("B5", "20260908110000", "S12", "ALONE", "PT", start: "20261115103000"));
        await hospital.Says(Said.Visit("B6", "20260908110000", "S12", "OTHERS", "PT", start: "20261115103000", sch24: "SER77", patients: "PID|1||100999^^^GH^MR||OTHER^OLGA"));
    }

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task What_is_still_to_come_from_the_named_visit_on_will_not_happen()
    {
        await hospital.Says(Said.Visit("X", "20260910110000", "S16", "TWO", "PT", start: "20261101103000", sch24: "SER77"));

        (await Live()).ShouldBe(["ALONE", "ONE", "OTHERS", "PAST"]);
        (await hospital.All<Appointment>()).Where(visit => visit.SystemStatus == EmrStatus.Cancelled).ShouldAllBe(visit => visit.CancelledAt != null);
    }

    [Fact]
    public async Task It_may_name_a_visit_that_has_been_or_that_nobody_knows()
    {
        await hospital.Says(Said.Visit("X", "20260910110000", "S16", "PAST", "PT", start: "20260909103000", sch24: "SER77"));
        (await Live()).ShouldBe(["ALONE", "OTHERS", "PAST"]);

        var unknown = await hospital.Says("""
            MSH|^~\&|SCHED|GH|ARTERA|ARTERA|20260910111000||SIU^S16^SIU_S12|Y|P|2.5.1
            SCH||NOBODY||||||||||||||||||||||SER77|
            PID|1||100999^^^GH^MR||OTHER^OLGA
            """);
        unknown.State.ShouldBe(InboxState.Applied);
        (await Live()).ShouldBe(["ALONE", "PAST"]);
    }

    [Fact]
    public async Task A_visit_that_a_newer_message_spoke_of_stays()
    {
        await hospital.Says(Said.Visit("N", "20260910120000", "S14", "THREE", "PT", start: "20261201103000", sch24: "SER77"));
        await hospital.Says(Said.Visit("X", "20260910110000", "S16", "TWO", "PT", start: "20261101103000", sch24: "SER77"));

        (await Live()).ShouldBe(["ALONE", "ONE", "OTHERS", "PAST", "THREE"]);
    }

    [Fact]
    public async Task Without_a_series_it_is_the_named_visit_alone()
    {
        await hospital.Says(Said.Visit("X", "20260910110000", "S16", "ALONE", "PT", start: "20261115103000"));

        (await Live()).ShouldBe(["ONE", "OTHERS", "PAST", "THREE", "TWO"]);
    }

    private async Task<List<string>> Live() =>
        [.. (await hospital.All<Appointment>()).Where(visit => visit.IsLive).Select(visit => visit.ExternalId).Order(StringComparer.Ordinal)];
}
