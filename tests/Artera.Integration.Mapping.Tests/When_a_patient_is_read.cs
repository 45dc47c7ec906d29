using NodaTime;

namespace Artera.Integration.Mapping.Tests;

public class When_a_patient_is_read
{
    [Theory]
    [InlineData("F", Sex.Female)]
    [InlineData("male", Sex.Male)]
    [InlineData("O", Sex.Other)]
    [InlineData("U", Sex.Unknown)]
    [InlineData("A", Sex.Unknown)]
    public void Sex_needs_no_table(string code, Sex sex) => Mapped.Patient($"PID|1||1|||||{code}").Facts().Sex.Value.ShouldBe(sex);

    [Fact]
    public void A_sex_that_nobody_knows_holds_the_message_without_telling_its_value()
    {
        var result = Mapped.Patient("PID|1||1|||||ZZ");

        (result.Outcome, result.Events.Count).ShouldBe((MappingOutcome.Held, 0));
        result.Causes.ShouldBe([new("unknown-code", "patient.sex", "PID-8")]);
    }

    [Theory]
    [InlineData("19840312")]
    [InlineData("19840312000000")]
    [InlineData("198403121530-0500")]
    public void A_birth_date_is_a_date_in_whatever_precision(string field) =>
        Mapped.Patient($"PID|1||1||||{field}").Facts().Born.Value.ShouldBe(new LocalDate(1984, 3, 12));

    [Theory]
    [InlineData("1984")]
    [InlineData("00000000")]
    [InlineData("")]
    public void Half_a_birth_date_says_nothing(string field) => Mapped.Patient($"PID|1||1||||{field}").Facts().Born.IsNothing.ShouldBeTrue();

    [Fact]
    public void A_birth_date_in_words_holds_the_message() =>
        Mapped.Patient("PID|1||1||||Aug 15, 1942").Causes.ShouldBe([new("unreadable", "patient.born", "PID-7")]);

    [Theory]
    [InlineData("|Y", true)]
    [InlineData("20260909|", true)]
    [InlineData("20260909|N", true)]
    [InlineData("20260909|\"\"", true)]
    [InlineData("|N", false)]
    public void Death_in_either_form_is_death(string fields, bool died) =>
        Mapped.Patient($"PID|1||1||||||||||||||||||||||||||{fields}").Facts().Deceased.Value.ShouldBe(died);

    [Fact]
    public void Death_is_not_held_back_for_a_code_that_nobody_knows()
    {
        var result = Mapped.Patient("PID|1||1|||||ZZ||||||||||||||||||||||Y");

        result.Facts().Deceased.Value.ShouldBeTrue();
        result.Causes.Single().Field.ShouldBe("patient.sex");
    }

    [Fact]
    public void Without_an_identifier_it_is_held() =>
        Mapped.Patient("PID|1||\"\"").Causes.ShouldBe([new("missing", "patient.id", "PID-3.1")]);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Mapped.Patient("PID|1||||||soon|ZZ").Causes.Select(cause => cause.Field).ShouldBe(["patient.id", "patient.born", "patient.sex"]);

    [Theory]
    [InlineData("ZPD|sms", "sms")]
    [InlineData("ZPD|T", "sms")]
    public void Opt_outs_and_preferences_come_by_path_and_table(string segment, string medium)
    {
        var mapper = Mapped.By("""
            emr: Test
            events: { ADT^A08: update-patient }
            patient: { id: PID-3.1, medium: ZPD-1 via media, do-not-contact: PD1-11 via publicity }
            contact: { no-texts: PID-13(3=CP).9, no-calls: = no }
            tables: { media: { T: sms }, publicity: { N: yes, otherwise: no } }
            """);

        var patient = mapper.Map(Mapped.Adt("A08", "PID|1||1||||||||||^PRS^CP^^^217^5550101^^Y", "PD1|||||||||||N", segment), Mapped.Context).Facts();

        (patient.PreferredMedium.Value, patient.DoNotContact.Value, patient.NoTexts.Value, patient.NoCalls.Value).ShouldBe((medium, true, true, false));
    }
}
