using NodaTime;

namespace Artera.Integration.Mapping.Tests;

public class When_a_visit_is_read
{
    private static readonly Mapper Generic = MappingsFolder.Mapper("generic");

    [Theory]
    [InlineData("S12", AppointmentChange.Book)]
    [InlineData("S13", AppointmentChange.Reschedule)]
    [InlineData("S14", AppointmentChange.Update)]
    [InlineData("S15", AppointmentChange.Cancel)]
    [InlineData("S16", AppointmentChange.Discontinue)]
    [InlineData("S17", AppointmentChange.Delete)]
    [InlineData("S18", AppointmentChange.Update)]
    [InlineData("S19", AppointmentChange.Update)]
    [InlineData("S20", AppointmentChange.Update)]
    [InlineData("S21", AppointmentChange.Update)]
    [InlineData("S22", AppointmentChange.Update)]
    [InlineData("S26", AppointmentChange.NoShow)]
    public void The_trigger_event_decides_whatever_the_status_says(string trigger, AppointmentChange change)
    {
        var changed = Map(trigger, Sch("20260921143000", status: "Booked")).Events.Single().ShouldBeOfType<AppointmentChanged>();

        changed.Change.ShouldBe(change);
        changed.Appointment.Status.HasValue.ShouldBe(trigger is "S12" or "S13" or "S14");
    }

    [Theory]
    [InlineData("S23", "skipped")]
    [InlineData("S24", "skipped")]
    [InlineData("S99", "not-listed")]
    public void Slots_and_unlisted_events_are_ignored_and_say_so(string trigger, string code)
    {
        var result = Map(trigger, Sch("20260921143000"));

        (result.Outcome, result.Causes.Single()).ShouldBe((MappingOutcome.Ignored, new Cause(code, Path: "MSH-9", Value: $"SIU^{trigger}")));
    }

    [Theory]
    [InlineData("Booked", EmrStatus.Booked)]
    [InlineData("BOOKED^Booked^0278", EmrStatus.Booked)]
    [InlineData("no show", EmrStatus.NoShow)]
    [InlineData("Noshow", EmrStatus.NoShow)]
    [InlineData("Complete", EmrStatus.Completed)]
    [InlineData("Started", EmrStatus.Arrived)]
    [InlineData("Dc", EmrStatus.Cancelled)]
    public void The_status_refines_a_change(string code, EmrStatus status) =>
        Map("S14", Sch("20260921143000", status: code)).Visit().Status.Value.ShouldBe(status);

    [Fact]
    public void An_unknown_status_holds_the_message_and_names_field_path_and_code()
    {
        var result = Map("S14", Sch("20260921143000", status: "ZZZ^Zig"));

        result.Outcome.ShouldBe(MappingOutcome.Held);
        result.Causes.Single().ToString().ShouldBe("SCH-25.1 = ZZZ is not in table statuses (appointment.status)");
    }

    [Theory]
    [InlineData("20260921143000", "2026-09-21T19:30:00Z", false)]
    [InlineData("20260921143000+0200", "2026-09-21T12:30:00Z", false)]
    [InlineData("202612211430", "2026-12-21T20:30:00Z", false)]
    [InlineData("20270314023000", "2027-03-14T08:30:00Z", false)]
    [InlineData("20261101013000", "2026-11-01T06:30:00Z", false)]
    [InlineData("20260921", "2026-09-21T05:00:00Z", true)]
    public void Local_times_become_instants_by_the_feeds_zone(string field, string instant, bool dayOnly) =>
        Map("S12", Sch(field)).Visit().Start.Value
            .ShouldBe(new VisitStart(Instant.FromDateTimeOffset(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)), dayOnly));

    [Theory]
    [InlineData("20260914093000-0500", "2026-12-21T20:30:00Z")]
    [InlineData("20260914093000+0100", "2026-12-21T13:30:00Z")]
    public void An_offset_in_the_header_counts_when_it_is_not_the_zones_own(string sent, string instant)
    {
        var message = Mapped.Message($@"MSH|^~\&|S|F|A|B|{sent}||SIU^S12|C1|P|2.5.1", Sch("20261221143000"), "PID|1||1");

        Generic.Map(message, Mapped.Context).Visit().Start.Value.At.ToString().ShouldBe(instant);
    }

    [Theory]
    [InlineData("30", "MIN", 30)]
    [InlineData("30", "", 30)]
    [InlineData("1800", "s", 30)]
    [InlineData("0.5", "HR", 30)]
    [InlineData("30", "min^Minutes^ISO", 30)]
    [InlineData("M30", "", 30)]
    [InlineData("H1", "", 60)]
    public void Durations_come_in_any_unit(string number, string unit, int minutes) =>
        Map("S12", Sch("20260921143000").Replace("|30|MIN|", $"|{number}|{unit}|", StringComparison.Ordinal)).Visit().Minutes.Value.ShouldBe(minutes);

    [Fact]
    public void An_unknown_unit_holds_the_message() =>
        Map("S12", Sch("20260921143000").Replace("|30|MIN|", "|3|FORTNIGHT|", StringComparison.Ordinal)).Causes.Single().Code.ShouldBe("unreadable");

    [Fact]
    public void A_resource_that_goes_is_not_the_visits_resource()
    {
        var visit = Map("S13", Sch("20260921143000"), "RGS|1|U", "AIP|1|D|7001^HEART^HENRY", "AIP|2|A|7003^RHYTHM^RITA", "AIL|1|D|CARD", "AIL|2||WEST").Visit();

        (visit.Provider.Value, visit.Location.Value.Code).ShouldBe((new Coded("7003", "RITA RHYTHM"), "WEST"));
    }

    [Fact]
    public void A_cancelled_service_takes_no_provider_from_its_own_resources()
    {
        var visit = Map("S20", Sch("20260921143000"), "RGS|1", "AIS|1||XRAY", "AIP|1||7099^IMAGE^IAN").Visit();

        (visit.Provider.IsNothing, visit.Start.IsNothing, visit.Status.IsNothing).ShouldBe((true, true, true));
    }

    [Fact]
    public void A_cancellation_keeps_its_resources_though_they_are_deleted() =>
        Map("S15", Sch("20260921143000"), "RGS|1|D", "AIP|1|D|7001^HEART^HENRY").Visit().Provider.Value.Code.ShouldBe("7001");

    [Fact]
    public void A_cancellation_is_not_held_back_for_anything_but_its_identifiers()
    {
        var result = Map("S15", Sch("someday", status: "ZZZ"));

        result.Visit().Start.IsNothing.ShouldBeTrue();
        result.Causes.ShouldBe([new("unreadable", "appointment.start", "SCH-11.4")]);
        Map("S15", "SCH|1").Causes.ShouldContain(new Cause("missing", "appointment.id", "SCH-2.1"));
    }

    [Fact]
    public void A_skip_rule_says_why()
    {
        var result = Map("S12", Sch("20260921143000").Replace("FU30", "BLOCK", StringComparison.Ordinal));

        result.Causes.ShouldBe([new("skipped", Path: "SCH-8.1", Value: "BLOCK", Because: "holds in a schedule are not visits")]);
    }

    [Fact]
    public void Group_visits_have_one_appointment_a_patient()
    {
        var result = Map("S12", Sch("20260921143000"), "PID|2||2", "RGS|1", "AIL|1||EDU");

        result.Events.Cast<AppointmentChanged>().Select(changed => (changed.Patient.Id, changed.Appointment.Id, changed.Appointment.Location.Value.Code))
            .ShouldBe([("1", "55501/1", "EDU"), ("2", "55501/2", "EDU")]);
    }

    [Fact]
    public void Keys_file_a_message_without_any_table()
    {
        Generic.Keys(Mapped.Siu("S14", Sch("x", status: "ZZZ"), "PID|1||100231^^^GH^MR")).ShouldBe(new("100231", "55501"));
        Generic.Keys(Mapped.Adt("A17", "PID|1||7")).ShouldBe(new("7", null));
        Generic.Keys(Mapped.Adt("A45", "PID|1||7", "MRG|8||||55501")).ShouldBe(new("7", "55501"));
        Generic.Keys(Mapped.Adt("A08", "EVN|A08")).ShouldBe(default);
        Generic.Keys(Mapped.Message(@"MSH|^~\&|A|B|C|D|20260101||ORM^O01|1|P|2.5", "PID|1||7", "ORC|NW|R1")).ShouldBe(new("7", null, RecallId: "R1"));
        Generic.Keys(Mapped.Message(@"MSH|^~\&|A|B|C|D|20260101||REF^I12|1|P|2.5", "RF1||||||F1", "PID|1||7")).ShouldBe(new("7", null, ReferralId: "F1"));
    }

    private static string Sch(string start, string status = "Booked") =>
        $"SCH||55501^S|||||ROUTINE|FU30^Follow-up|30|MIN|^^^{start}||||||||||||||{status}";

    private static MappingResult Map(string trigger, string sch, params string[] more) =>
        Generic.Map(Mapped.Siu(trigger, [sch, "PID|1||1", .. more]), Mapped.Context);
}
