namespace Artera.Integration.Mapping.Tests;

/// <summary>XTN in the shapes that feeds send (field-measured), and what is no number at all.</summary>
public class When_a_phone_number_is_read
{
    [Theory]
    [InlineData("(217)555-0101^PRN^PH", "2175550101")]
    [InlineData("^PRN^PH^^1^217^5550101", "+12175550101")]
    [InlineData("^PRN^PH^^^217^5550101", "2175550101")]
    [InlineData("^PRN^PH^^^^5550101", "5550101")]
    [InlineData("^PRN^PH^^^^2175550101", "2175550101")]
    [InlineData("ignored^PRN^PH^^^217^5550101^^^^^+12175550199", "+12175550199")]
    [InlineData("(217)555-0101X12^PRN^PH", "2175550101")]
    [InlineData("217.555.0101 ext. 12^PRN^PH", "2175550101")]
    [InlineData("217-555-0101 #12^PRN^PH", "2175550101")]
    [InlineData("^PRN^PH^^^217^5550101^12", "2175550101")]
    [InlineData("+353 1 555 0101^PRN^PH", "+35315550101")]
    [InlineData("Tel: 217 555 0101^PRN^PH", "2175550101")]
    [InlineData("2175550101^^PH", "2175550101")]
    public void The_number_is(string repetition, string number) =>
        Mapped.Patient($"PID|1||1||||||||||{repetition}").Facts().Home.ShouldBe((Stated<string>)number);

    [Theory]
    [InlineData("(000)000-0000^PRN^PH")]
    [InlineData("9999999^PRN^PH")]
    [InlineData("217-999-9999^PRN^PH")]
    [InlineData("5555555555^PRN^PH")]
    [InlineData("123-4567^PRN^PH")]
    [InlineData("1234567890^PRN^PH")]
    [InlineData("none^PRN^PH")]
    [InlineData("12^PRN^PH")]
    [InlineData("^PRN^PH")]
    public void What_stands_for_no_number_says_nothing(string repetition) =>
        Mapped.Patient($"PID|1||1||||||||||{repetition}").Facts().Home.IsNothing.ShouldBeTrue();

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"\"^PRN^PH")]
    [InlineData("^PRN^PH^^^^\"\"")]
    public void The_null_removes_it(string repetition) =>
        Mapped.Patient($"PID|1||1||||||||||{repetition}").Facts().Home.IsErased.ShouldBeTrue();

    [Fact]
    public void The_tags_decide_which_is_which()
    {
        var patient = Mapped.Patient("PID|1||1||||||||||(217)555-0101^PRN^PH~(217)555-0102^PRS^CP~^NET^Internet^a.b@example.org").Facts();

        (patient.Home.Value, patient.Cell.Value, patient.Email.Value).ShouldBe(("2175550101", "2175550102", "a.b@example.org"));
    }

    [Fact]
    public void A_named_component_is_taken_as_it_is()
    {
        var yaml = Mapped.Small.Replace("home: PID-13(3=PH)", "home: PID-13.1", StringComparison.Ordinal);

        Mapped.Patient("PID|1||1||||||||||(217) 555-0101^PRN^PH^^^217^5550199", yaml).Facts().Home.Value.ShouldBe("(217) 555-0101");
    }

    [Theory]
    [InlineData("^NET^Internet^pat@example.org")]
    [InlineData("(217)555-0101^PRN^PH^pat@example.org")]
    [InlineData("pat@example.org")]
    [InlineData("pat@example.org^NET^Internet")]
    [InlineData("mailto:pat@example.org^NET^X.400")]
    [InlineData("(217)555-0101^PRN^PH~^NET^Internet^pat@example.org")]
    public void An_address_is_found_in_every_place_where_feeds_put_it(string field) =>
        Mapped.Patient($"PID|1||1||||||||||{field}").Facts().Email.Value.ShouldBe("pat@example.org");

    [Theory]
    [InlineData("^NET^Internet^declined", true)]
    [InlineData("^NET^Internet^\"\"", false)]
    public void What_is_no_address_says_nothing_and_the_null_removes(string field, bool nothing)
    {
        var email = Mapped.Patient($"PID|1||1||||||||||{field}").Facts().Email;

        (email.IsNothing, email.IsErased).ShouldBe((nothing, !nothing));
    }
}
