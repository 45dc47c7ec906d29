using System.Text;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping.Tests;

public class When_an_answer_is_written_back_over_FHIR
{
    private const string Visit = """{ "resourceType": "Appointment", "id": "V1", "meta": {"versionId":"3"}, "odd": [1.50, {"é":"\u00e9"}], "status":"booked", "participant": [ {"actor":{"reference":"Patient/P1"},"status":"needs-action"} ] }""";

    [Fact]
    public void A_put_changes_what_is_named_and_no_other_byte() =>
        Sent("{ send: put, confirm: { \"%participant.status\": accepted } }").ShouldBe(
            "PUT Appointment/V1\nIf-Match: W/\"3\"\nContent-Type: application/fhir+json\n\n" + Visit.Replace("needs-action", "accepted", StringComparison.Ordinal));

    [Fact]
    public void A_response_bears_our_identifier_so_that_it_is_made_once()
    {
        var sent = Sent("{ confirm: { send: response } }");

        sent.ShouldStartWith("POST AppointmentResponse\nIf-None-Exist: identifier=urn%3Aartera%3Awrite-back%7CC1\n");
        sent.ShouldContain("\"participantStatus\":\"accepted\"");
    }

    [Theory]
    [InlineData("""{"reference":"https://emr.example.org/r4/Patient/P1/_history/2"}""", "Patient/P1", "/participant/1/")]
    [InlineData("""{"type":"Patient","identifier":{"system":"urn:mrn","value":"77"}}""", "urn:mrn|77", "/participant/1/")]
    [InlineData("""{"reference":"Patient/P3"}""", "Patient/P1", null)]
    public void Of_a_group_visit_the_part_is_changed_that_the_last_message_named(string actor, string known, string? place)
    {
        var visit = $$"""{"resourceType":"Appointment","id":"V1","status":"booked","participant":[{"actor":{"reference":"Patient/P2"},"status":"needs-action"},{"actor":{{actor}},"status":"needs-action"}]}""";
        var built = Try("{ confirm: { \"%participant.status\": accepted } }", visit, known, "M-100", out var sent, out var problem);

        built.ShouldBe(place is not null, problem);
        if (place is null)
            problem.ShouldBe("other-patient");
        else
            sent.ShouldContain($"\"path\":\"{place}status\"");
    }

    [Fact]
    public void Whom_a_message_names_is_told_by_the_id_that_the_mapping_reads()
    {
        var mapper = Compiled("not-supported", "identifier.where(system='urn:mrn').value");
        var message = FhirMessage.TryRead(Encoding.UTF8.GetBytes("""
            {"resourceType":"Bundle","type":"collection","entry":[
             {"resource":{"resourceType":"Appointment","id":"V1","status":"booked","participant":[{"actor":{"reference":"Patient/P1"}},{"actor":{"type":"Patient","identifier":{"system":"urn:mrn","value":"77"}}}]}},
             {"resource":{"resourceType":"Patient","id":"P1","identifier":[{"system":"urn:mrn","value":"M-100"}]}}]}
            """), out _)!;

        mapper.ActorOf(message, "M-100").ShouldBe("Patient/P1");
        mapper.ActorOf(message, "77").ShouldBe("urn:mrn|77");
        mapper.ActorOf(message, "nobody").ShouldBeNull();
    }

    private static bool Try(string writeBack, string visit, string actor, string patient, out string sent, out string? problem)
    {
        var request = new FhirWriteBackRequest { Verb = WriteBackVerb.Confirm, AppointmentId = "V1", PatientId = patient, Actor = actor, ControlId = "C1", Now = NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0) };
        var built = Compiled(writeBack).TryWriteBack(request, FhirVisitNow.Read(Encoding.UTF8.GetBytes(visit), null, out _)!, out var message, out var cause);
        (sent, problem) = (message is null ? "" : Encoding.UTF8.GetString(message.ToBytes()), cause?.Code);
        return built;
    }

    private static Mapper Compiled(string writeBack, string patientId = "id")
    {
        var back = writeBack == "not-supported" ? "" : $"writeback: {writeBack}\n";
        MappingFile.TryParse($"emr: Test\nevents: {{ Appointment: book }}\npatient: {{ id: \"{patientId}\" }}\nappointment: {{ id: id, start: start }}\n{back}", "fhir.yaml", out var file, out var errors)
            .ShouldBeTrue(string.Join('\n', errors));
        return Mapper.Compile(file!);
    }

    private static string Sent(string writeBack)
    {
        var visit = FhirVisitNow.Read(Encoding.UTF8.GetBytes(Visit), null, out _)!;
        var request = new FhirWriteBackRequest { Verb = WriteBackVerb.Confirm, AppointmentId = "V1", PatientId = "P1", ControlId = "C1", Now = NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0) };
        Compiled(writeBack).TryWriteBack(request, visit, out var message, out var problem).ShouldBeTrue(problem?.Code);
        return Encoding.UTF8.GetString(message!.ToBytes());
    }
}
