using System.Text;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Mapping.Tests;

public class When_an_answer_is_written_back
{
    private static readonly WriteBackRequest Confirm = new()
    {
        Verb = WriteBackVerb.Confirm,
        AppointmentId = "7120045",
        PatientId = "300551",
        ControlId = "WB1",
        Now = new(2026, 9, 15, 10, 0),
        LastMessage = Sample("epic", "book"),
    };

    [Fact]
    public void It_is_the_EMRs_own_message_with_the_listed_places_changed()
    {
        var sent = Build("epic", Confirm);

        sent.Event.ShouldBe("SIU^S14");
        sent.ControlId.ShouldBe("WB1");
        sent.SentAt.ShouldBe("20260915100000");
        (sent.SendingApplication, sent.ReceivingApplication, sent.ReceivingFacility).ShouldBe(("ARTERA", "EPIC", "SMP"));
        Text(sent, "SCH-25").ShouldBe("Confirmed");
        Text(sent, "SCH-2.1").ShouldBe("7120045");
        Text(sent, "ZCH-2").ShouldBe("SELF");
        Text(sent, "NTE-3").ShouldBe("The patient confirmed by text message");
    }

    [Fact]
    public void Epic_gets_its_own_visit_number_and_no_other()
    {
        Text(Build("epic", Confirm), "SCH-1").ShouldBe("");
        Text(Build("epic", Confirm with { LastMessage = null, Start = new LocalDateTime(2026, 9, 22, 10, 15) }), "SCH-1").ShouldBe("");
    }

    [Fact]
    public void A_message_of_another_appointment_is_never_sent()
    {
        Problem("epic", Confirm with { AppointmentId = "7120046" }).Code.ShouldBe("other-appointment");
    }

    [Fact]
    public void A_patient_merged_since_is_named_by_the_surviving_identifier()
    {
        var sent = Build("epic", Confirm with { PatientId = "300777", Start = new LocalDateTime(2026, 9, 22, 10, 15) });

        Text(sent, "PID-3(5=MRN).1").ShouldBe("300777");
        Text(sent, "SCH-11.4").ShouldBe("20260922101500");
        Encoding.UTF8.GetString(sent.Raw.Span).ShouldNotContain("300551");
    }

    [Fact]
    public void Without_a_message_of_the_EMR_the_start_is_needed() =>
        Problem("generic", Confirm with { LastMessage = null }).ShouldBe(new("missing", "appointment.start"));

    [Fact]
    public void A_minimal_message_is_understood_by_the_same_mapping()
    {
        var sent = Build("generic", Confirm with { LastMessage = null, Start = new LocalDateTime(2026, 9, 22, 10, 15) });

        var visit = MappingsFolder.Mapper("generic").Map(sent, Mapped.Context).Visit();
        (visit.Id, visit.Status.Value).ShouldBe(("7120045", EmrStatus.Confirmed));
    }

    [Fact]
    public void A_cancellation_carries_its_reason_and_no_text_of_the_old_code()
    {
        var request = Confirm with { Verb = WriteBackVerb.Cancel, LastMessage = Sample("epic", "cancel") };

        var sent = Build("epic", request);

        sent.Event.ShouldBe("SIU^S15");
        (Text(sent, "SCH-6.1"), Text(sent, "SCH-6.2")).ShouldBe(("PATIENT", "Cancelled by the patient"));
    }

    [Fact]
    public void A_group_visit_answers_for_its_patient_alone()
    {
        var sent = Build("generic", Confirm with { AppointmentId = "55510/100240", PatientId = "100240", LastMessage = Sample("generic", "group-visit") });

        Text(sent, "SCH-2.1").ShouldBe("55510");
        Hl7Groups.Patients(sent).Length.ShouldBe(1);
        Text(sent, "PID-5.2").ShouldBe("GRETA");
        Text(sent, "AIL-3.1").ShouldBe("EDU");
    }

    [Fact]
    public void Resources_that_a_reschedule_took_away_do_not_go_back()
    {
        var sent = Build("generic", Confirm with { AppointmentId = "55501", PatientId = "100231", LastMessage = Sample("generic", "reschedule-old-group-first") });

        Text(sent, "RGS-2").ShouldBe("A");
        Encoding.UTF8.GetString(sent.Raw.Span).ShouldNotContain("HEART^HENRY|");
    }

    [Fact]
    public void Segments_end_in_CR_whatever_was_received()
    {
        var lines = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sample("epic", "book").Span).Replace("\r", "\r\n", StringComparison.Ordinal));

        Encoding.UTF8.GetString(Build("epic", Confirm with { LastMessage = lines }).Raw.Span).ShouldNotContain('\n');
    }

    [Fact]
    public void Notes_of_the_EMR_do_not_go_back()
    {
        var with = Encoding.UTF8.GetString(Sample("epic", "book").Span).Replace("\rPID|", "\rNTE|1||internal remark\rPID|", StringComparison.Ordinal);

        var sent = Build("epic", Confirm with { LastMessage = Encoding.UTF8.GetBytes(with) });

        Encoding.UTF8.GetString(sent.Raw.Span).ShouldNotContain("internal remark");
    }

    [Fact]
    public void What_the_EMR_does_not_take_is_said()
    {
        var mapper = Mapped.By(Mapped.Small + "writeback: { send: SIU^S14, confirm: { SCH-25.1: C }, reschedule: not-supported }");

        mapper.WriteBack!.Supports(WriteBackVerb.Reschedule).ShouldBeFalse();
        mapper.TryWriteBack(Confirm with { Verb = WriteBackVerb.Reschedule }, out _, out var problem).ShouldBeFalse();
        problem!.Code.ShouldBe("not-supported");
    }

    [Fact]
    public void A_request_says_in_ARQ_what_the_notification_said_in_SCH()
    {
        const string Heard = "MSH|^~\\&|EMR|HOSP|ARTERA|HOSP|20260901||SIU^S12^SIU_S12|1|P|2.5.1\rSCH|P1|A\\F\\7~B|3|G|S|OLD^Old|R^Reason|T^Type|30|min|^^^20260922101500^20260922104500|PC|PP||PL|FC||||EB|EP|EL|PA|FA|Booked|O1|O2\rTQ1|1\rNTE|1||x\rPID|1||P9\rRGS|1\rAIP|1||D1\r";
        var mapper = Mapped.By(Mapped.Small + "writeback: { send: SRM^S03, confirm: { ARQ-6.1: CONFIRMED, note: ok }, cancel: { send: SRM^S04, SCH-6.1: PATIENT } }");
        var request = Confirm with { AppointmentId = "A|7", PatientId = "P9", LastMessage = Encoding.ASCII.GetBytes(Heard) };

        mapper.TryWriteBack(request, out var confirm, out var problem).ShouldBeTrue(problem?.Code);
        mapper.TryWriteBack(request with { Verb = WriteBackVerb.Cancel }, out var cancel, out _).ShouldBeTrue();

        var lines = Encoding.UTF8.GetString(confirm!).Split('\r');
        lines[0].ShouldBe(@"MSH|^~\&|ARTERA|HOSP|EMR|HOSP|20260915100000||SRM^S03^SRM_S01|WB1|P|2.5.1");
        lines[1].ShouldBe(@"ARQ|P1|A\F\7~B|3|G|S|CONFIRMED|R^Reason|T^Type|30|min|20260922101500^20260922104500||||PC|PP||PL|EB|EP|EL|PA|FA|O1|O2");
        lines[2..].ShouldBe(["NTE|1||ok", "PID|1||P9", "RGS|1", "AIP|1||D1", ""]);
        Encoding.UTF8.GetString(cancel!).ShouldContain("SRM^S04^SRM_S01");
        Encoding.UTF8.GetString(cancel!).ShouldContain("|PATIENT|R^Reason|");
    }

    [Fact]
    public void A_request_without_a_message_of_the_EMR_names_the_visit_and_its_time()
    {
        var mapper = Mapped.By(Mapped.Small + "writeback: { send: SRM^S03, confirm: { note: ok } }");
        mapper.TryWriteBack(Confirm with { LastMessage = null, Start = new LocalDateTime(2026, 9, 22, 10, 15) }, out var sent, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(sent!).ShouldContain("\rARQ||7120045|||||||||20260922101500\rNTE|1||ok\r");
    }

    [Fact]
    public void Texts_take_placeholders_and_escape_what_would_separate()
    {
        var mapper = Mapped.By(Mapped.Small + "writeback: { confirm: { NTE-3: \"{answer} {reason} at {now}\" } }");

        mapper.TryWriteBack(Confirm with { Reason = "late | early", LastMessage = null, Start = new LocalDateTime(2026, 9, 22, 10, 15) }, out var sent, out _).ShouldBeTrue();

        Encoding.UTF8.GetString(sent!).ShouldContain(@"confirm late \F\ early at 20260915100000");
    }

    private static ReadOnlyMemory<byte> Sample(string emr, string name) => File.ReadAllBytes(Path.Combine(MappingsFolder.Path, emr, "samples", name + ".hl7"));

    private static string Text(Hl7Message message, string path) => message.Get(Hl7Path.Parse(path)).Text;

    private static Hl7Message Build(string emr, WriteBackRequest request)
    {
        MappingsFolder.Mapper(emr).TryWriteBack(request, out var sent, out var problem).ShouldBeTrue(problem?.ToString());
        var message = Hl7Message.TryRead(sent, out var unreadable);
        unreadable.ShouldBeNull();
        return message!;
    }

    private static Cause Problem(string emr, WriteBackRequest request)
    {
        MappingsFolder.Mapper(emr).TryWriteBack(request, out _, out var problem).ShouldBeFalse();
        return problem!;
    }
}
