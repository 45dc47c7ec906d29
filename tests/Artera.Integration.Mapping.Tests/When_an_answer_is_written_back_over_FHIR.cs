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

    private static string Sent(string writeBack)
    {
        MappingFile.TryParse($"emr: Test\nevents: {{ Appointment: book }}\npatient: {{ id: id }}\nappointment: {{ id: id, start: start }}\nwriteback: {writeBack}\n", "fhir.yaml", out var file, out var errors)
            .ShouldBeTrue(string.Join('\n', errors));
        var visit = FhirVisitNow.Read(Encoding.UTF8.GetBytes(Visit), null, out _)!;
        var request = new FhirWriteBackRequest { Verb = WriteBackVerb.Confirm, AppointmentId = "V1", PatientId = "P1", ControlId = "C1", Now = NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0) };
        Mapper.Compile(file!).TryWriteBack(request, visit, out var message, out var problem).ShouldBeTrue(problem?.Code);
        return Encoding.UTF8.GetString(message!.ToBytes());
    }
}
