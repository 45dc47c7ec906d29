using System.Globalization;
using System.Net;
using Artera.Integration.Appointments;
using Artera.Integration.Demo;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Tests.Inbound;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.WriteBack;

/// <summary>As at Epic: appointments come in as FHIR, and the answer goes back in an HL7 message.</summary>
public sealed class When_a_FHIR_feed_answers_over_HL7
{
    [Theory]
    [InlineData(PatientStatus.Confirmed, "SIU^S14")]
    [InlineData(PatientStatus.Cancelled, "SIU^S15")]
    public async Task The_message_names_the_visit_and_the_patient_as_the_server_did(PatientStatus status, string said)
    {
        await using var fhir = await FhirStandIn.Start();
        fhir.Put(FhirVisits.Patient);
        fhir.Put(FhirVisits.Visit("a1"));
        await using var hl7 = EmrSimulator.Start();
        await using var server = await FhirVisits.Start(
            fhir.Base,
            new("Feeds:1:WriteBack:Mllp:Host", "127.0.0.1"), new("Feeds:1:WriteBack:Mllp:Port", hl7.Port.ToString(CultureInfo.InvariantCulture)),
            new("WriteBack:LookEvery", "00:00:00.050"));
        (await FhirVisits.Notify(server, fhir.Now("Appointment/a1").ToJsonString())).ShouldBe(HttpStatusCode.OK);
        var visit = (await server.Until(db => db.Set<Appointment>().AsNoTracking().SingleOrDefaultAsync(), found => found is not null))!;

        await server.Send(new AnswerAppointment(visit.Id, status, "patient"));
        await server.Until(_ => Task.FromResult(hl7.Received.Count), received => received == 1);

        var answer = hl7.Received[0];
        (answer.Problem, answer.Event, answer.AppointmentId).ShouldBe((null, said, "a1"));
        System.Text.Encoding.UTF8.GetString(answer.Raw).ShouldContain("|p1");
        fhir.Writes.ShouldBeEmpty();
    }
}
