namespace Artera.Integration.Mapping.Tests;

public class When_a_FHIR_mapping_is_wrong
{
    [Theory]
    [InlineData("patient: { id: id, family: name.famly }", "fhir.yaml:3:33: name.famly is not a FHIRPath: no FHIR element is called famly (did you mean family?)")]
    [InlineData("patient: { id: id, born: name.frst() }", "fhir.yaml:3:31: name.frst() is not a FHIRPath: FHIRPath has no function frst (did you mean first?)")]
    [InlineData("patient: { id: id }\ncontact: { cell: telecom.where(use='mobile' }", "fhir.yaml:4:31: telecom.where(use='mobile' is not a FHIRPath: ')' is missing")]
    [InlineData("patient: { id: PID-3.1 }", "fhir.yaml:3:16: PID-3.1 is not a FHIRPath: no FHIR element is called PID (did you mean id?)")]
    [InlineData("patient: { id: id, born: \"%participnt.status\" }", "fhir.yaml:3:27: %participnt.status is not a FHIRPath: there is no %participnt (did you mean %participant?)")]
    [InlineData("patient: { id: id, famly: name }", "fhir.yaml:3:20: unknown key patient.famly (did you mean patient.family?)")]
    [InlineData("patient: { id: id, merged: id }", "fhir.yaml:3:20: unknown key patient.merged")]
    [InlineData("patient: { id: id, sex: gender via sxes }\ntables: { sexes: { x: other } }", "fhir.yaml:3:36: unknown table sxes (did you mean sexes?)")]
    [InlineData("patient: { id: id, sex: gender via sexes }\ntables: { sexes: { x: femal } }", "fhir.yaml:4:23: 'femal' is not one of unknown, female, male, other (did you mean female?)")]
    [InlineData("patient: { id: id }\nskip: [ { when: stats, is: [x], because: y } ]", "fhir.yaml:4:17: stats is not a FHIRPath: no FHIR element is called stats (did you mean status?)")]
    [InlineData("patient: { id: id }\nskip: [ { on: Apointment, when: status, is: [x], because: y } ]", "fhir.yaml:4:15: Apointment is not an event such as Appointment/booked: the resource is one of Appointment, Patient, ServiceRequest, Task (did you mean Appointment?)")]
    [InlineData("patient: { given: name }", "fhir.yaml:3:1: patient.id is missing; the events that update-patient need it")]
    [InlineData("patient: { id: \"=\" }", "fhir.yaml:3:16: write FHIRPATH, FHIRPATH via TABLE, FHIRPATH named FHIRPATH, or = TEXT")]
    [InlineData("patient: { id: id }\nwriteback: { send: pach }", "fhir.yaml:4:20: pach is neither patch, put, response nor a call such as PUT /v1/appointments/{appointment}/cancel (did you mean patch?)")]
    [InlineData("patient: { id: id }\nwriteback: { confrm: not-supported }", "fhir.yaml:4:14: unknown key writeback.confrm (did you mean writeback.confirm?)")]
    [InlineData("patient: { id: id }\nwriteback: { cancel: { stats: cancelled } }", "fhir.yaml:4:24: an Appointment has no single element stats (did you mean status?)")]
    [InlineData("patient: { id: id }\nwriteback: { cancel: { status: canceled } }", "fhir.yaml:4:32: unknown status canceled (did you mean cancelled?)")]
    [InlineData("patient: { id: id }\nwriteback: { confirm: { \"%participant.sttus\": accepted } }", "fhir.yaml:4:25: an Appointment has no single element sttus (did you mean %participant.status?)")]
    [InlineData("patient: { id: id }\nwriteback: { find: \"Appointment?identifier={apointment}\" }", "fhir.yaml:4:20: unknown placeholder {apointment} (did you mean {appointment}?)")]
    [InlineData("patient: { id: id }\nwriteback: { with: { n: idd } }", "fhir.yaml:4:25: idd is not a FHIRPath: no FHIR element is called idd (did you mean id?)")]
    public void The_place_and_what_was_meant_are_said(string lines, string error) =>
        Errors($"emr: Test\nevents: {{ Patient: update-patient }}\n{lines}\n").ShouldContain(error);

    [Theory]
    [InlineData("Appointment/boked: book", "fhir.yaml:2:11: Appointment has no status boked (did you mean Appointment/booked?)")]
    [InlineData("Appointment/booked: bok", "fhir.yaml:2:31: unknown event action bok (did you mean book?)")]
    [InlineData("Appointment/booked: move-visit", "fhir.yaml:2:31: unknown event action move-visit")]
    [InlineData("SIU^S12: book", "fhir.yaml:2:11: SIU^S12 is not an event such as Appointment/booked: the resource is one of Appointment, Patient, ServiceRequest, Task")]
    [InlineData("Appointment/booked: book", "fhir.yaml:1:1: appointment.start is missing; the events that book need it")]
    public void Events_are_checked(string events, string error) =>
        Errors($"emr: Test\nevents: {{ {events} }}\npatient: {{ id: id }}\n").ShouldContain(error);

    [Fact]
    public void The_same_text_under_the_name_of_the_other_form_is_read_as_that() =>
        MappingFile.TryParse("emr: Test\nevents: { Patient: update-patient }\npatient: { id: id }\n", "hl7.yaml", out _, out _).ShouldBeFalse();

    private static List<string> Errors(string yaml)
    {
        _ = MappingFile.TryParse(yaml, "fhir.yaml", out _, out var errors);
        return [.. errors.Select(error => error.ToString())];
    }
}
