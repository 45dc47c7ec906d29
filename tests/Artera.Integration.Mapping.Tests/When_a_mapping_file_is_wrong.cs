namespace Artera.Integration.Mapping.Tests;

public class When_a_mapping_file_is_wrong
{
    [Theory]
    [InlineData("patient: { id: PID-3.1, famly: PID-5.1 }", "test.yaml:3:25: unknown key patient.famly (did you mean patient.family?)")]
    [InlineData("patient: { id: PID-3.1, cell: PID-13 }", "test.yaml:3:25: unknown key patient.cell (did you mean contact.cell?)")]
    [InlineData("patients: { id: PID-3.1 }", "test.yaml:3:1: unknown key patients (did you mean patient?)")]
    [InlineData("patient: { id: PID.3.1 }", "test.yaml:3:19: PID.3.1 is not a path: '-' is expected, as in PID-1 (did you mean PID-3.1?)")]
    [InlineData("patient: { id: \"PID-3(5=MR.1\" }", "test.yaml:3:25: PID-3(5=MR.1 is not a path: ')' is missing")]
    [InlineData("patient: { id: PID-3.1, sex: PID-8 via sxes }\ntables: { sexes: { F: female } }", "test.yaml:3:40: unknown table sxes (did you mean sexes?)")]
    [InlineData("patient: { id: PID-3.1, sex: PID-8 via sexes }\ntables: { sexes: { W: femal } }", "test.yaml:4:23: 'femal' is not one of unknown, female, male, other (did you mean female?)")]
    [InlineData("patient: { id: PID-3.1, language: PID-15 via l }\ntables: { l: { S: spanisch } }", "test.yaml:4:19: 'spanisch' is not a language tag such as en or es-MX")]
    [InlineData("patient: { id: PID-3.1, id: PID-2.1 }", "test.yaml:3:25: duplicate key id, first on line 3")]
    [InlineData("patient: { id: PID-3.1 by sexes }", "test.yaml:3:24: 'by' is not understood here; write PATH, PATH via TABLE, PATH named PATH, or = TEXT")]
    [InlineData("patient: { id: [] }", "test.yaml:3:16: patient.id takes a path or a list of paths")]
    [InlineData("patient: { id: { path: PID-3.1 } }", "test.yaml:3:16: patient.id takes a text or a list of texts")]
    [InlineData("patient: { id: PID.3.1 via nowhere }", "test.yaml:3:28: unknown table nowhere")]
    [InlineData("patient: { id: PID-3.1, brn: PID-7 }", "test.yaml:3:25: unknown key patient.brn (did you mean patient.born?)")]
    [InlineData("patient: { id: PID-3.1, gievn: PID-5.2 }", "test.yaml:3:25: unknown key patient.gievn (did you mean patient.given?)")]
    [InlineData("patient: { id: \"=\" }", "test.yaml:3:16: write PATH, PATH via TABLE, PATH named PATH, or = TEXT")]
    [InlineData("patient: PID-3.1", "test.yaml:3:10: patient takes keys with values")]
    [InlineData("patient: { given: PID-5.2 }", "test.yaml:3:1: patient.id is missing; the events that update-patient need it")]
    [InlineData("patient: { id: PID-3.1 }\nzone: America/Chicgo", "test.yaml:4:7: unknown time zone America/Chicgo (did you mean America/Chicago?)")]
    [InlineData("patient: { id: PID-3.1 }\nskip: [ { when: SCH-8.1, iss: [X], because: y } ]", "test.yaml:4:26: unknown key skip.iss (did you mean skip.is?)")]
    [InlineData("patient: { id: PID-3.1 }\nskip: [ { when: SCH-8.1, is: [X] } ]", "test.yaml:4:9: a skip rule needs when, because, and one of is and is-not")]
    [InlineData("patient: { id: PID-3.1 }\nskip: [ { on: siu-s12, when: SCH-8.1, is: [X], because: y } ]", "test.yaml:4:15: siu-s12 is not an event such as SIU^S12 or ORM^* (did you mean SIU^S12?)")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { confrm: { SCH-25.1: C } }", "test.yaml:4:14: unknown key writeback.confrm (did you mean writeback.confirm?)")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { confirm: { notes: hello } }", "test.yaml:4:25: unknown key notes (did you mean note?)")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { confirm: { note: \"{raeson}\" } }", "test.yaml:4:31: unknown placeholder {raeson} (did you mean {reason}?)")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { cancel: unsupported }", "test.yaml:4:22: takes not-supported, or paths with the values to send (did you mean not-supported?)")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { from: { app: A } }", "test.yaml:4:22: unknown key from.app")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { send: S14 }", "test.yaml:4:20: S14 is not an event such as SIU^S14")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { confirm: { SCH-25.1: C }, send: SRM^S03 }", "test.yaml:4:25: SRM^S03 has no place for SCH-25.1; a request says it in ARQ-6, ARQ-7 or a note")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { confirm: { ARQ-6.1: C } }", "test.yaml:4:25: SIU^S14 has no ARQ (did you mean SCH-6?)")]
    [InlineData("patient: { id: PID-3.1 }\nwriteback: { confirm: { send: SRM^S03, ARQ-2.1: C } }", "test.yaml:4:40: ARQ-2.1 names the appointment, which is not for an answer to change")]
    public void The_place_and_what_was_meant_are_said(string lines, string error) =>
        Mapped.Errors($"emr: Test\nevents: {{ ADT^A08: update-patient }}\n{lines}\n").ShouldContain(error);

    [Theory]
    [InlineData("SIU^S12: bok", "test.yaml:2:20: unknown event action bok (did you mean book?)")]
    [InlineData("SIU_S12: book", "test.yaml:2:11: SIU_S12 is not an event such as SIU^S12 or ORM^* (did you mean SIU^S12?)")]
    [InlineData("SIU^S12: book, SIU^S12: cancel", "test.yaml:2:26: duplicate key SIU^S12, first on line 2")]
    [InlineData("SIU^S12: book", "test.yaml:3:1: patient.id is missing; the events that book need it")]
    [InlineData("SIU^S12: book", "test.yaml:1:1: appointment.start is missing; the events that book need it")]
    public void Events_are_checked(string events, string error) =>
        Mapped.Errors($"emr: Test\nevents: {{ {events} }}\npatient: {{ given: PID-5.2 }}\n").ShouldContain(error);

    [Fact]
    public void All_errors_are_told_in_the_order_of_the_file() =>
        Mapped.Errors("emr: Test\nevents: { ADT^A08: update }\nappointment: { id: SCH }\npatient: { idd: PID-3.1 }\n").Select(error => error.Split(':')[1])
            .ShouldBe(["3", "4", "4"], ignoreOrder: false);

    [Theory]
    [InlineData("", "test.yaml:1:1: the file is empty")]
    [InlineData("emr: [", "test.yaml:2:1: this is not YAML: ")]
    [InlineData("emr: A\n  events: B", "test.yaml:2:")]
    [InlineData("a: *nowhere", "test.yaml:1:4: this is not YAML: ")]
    [InlineData("- a\n- b", "test.yaml:1:1: a mapping takes keys with values")]
    [InlineData("emr: A\n---\nemr: B", "test.yaml:2:1: this is not YAML: a mapping file is one YAML document")]
    public void Text_that_is_no_mapping_at_all_is_an_error_and_no_exception(string yaml, string error) =>
        Mapped.Errors(yaml)[0].ShouldStartWith(error);

    [Fact]
    public void A_missing_file_is_an_error()
    {
        MappingFile.TryLoad("/nowhere/x.yaml", out _, out var errors).ShouldBeFalse();
        errors.Single().Message.ShouldBe("there is no such file");
    }

    [Fact]
    public void Any_text_gives_a_mapping_or_errors_with_places() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, Mapped.Small.Length - 1], CsCheck.Gen.Char["{}[],:&*#?|-<>=!%@\"'\n\t x1"], CsCheck.Gen.Int[0, 6]),
        (at, letter, cut) =>
        {
            var yaml = Mapped.Small.Remove(at, Math.Min(cut, Mapped.Small.Length - at)).Insert(at, letter.ToString());
            if (!MappingFile.TryParse(yaml, "t", out _, out var errors))
                errors.ShouldAllBe(error => error.Line >= 1 && error.Column >= 1);
        },
        iter: 2000);
}
