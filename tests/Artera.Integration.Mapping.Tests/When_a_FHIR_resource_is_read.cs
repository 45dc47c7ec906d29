using System.Text;
using Artera.Integration.Mapping.Fhir;
using NodaTime;

namespace Artera.Integration.Mapping.Tests;

public class When_a_FHIR_resource_is_read
{
    private static readonly Mapper Generic = MappingsFolder.Mapper("generic", MessageForm.Fhir);

    private const string Visit = """
        {"resourceType":"Appointment","id":"a1","meta":{"versionId":"7","lastUpdated":"2026-09-14T14:30:00.1234567Z"},"status":"booked",
        "start":"2026-09-22T10:15:00-05:00","end":"2026-09-22T10:45:00-05:00",
        "participant":[{"actor":{"reference":"Patient/p1"},"status":"needs-action"},{"actor":{"reference":"Location/l1"},"status":"accepted"}]}
        """;

    [Fact]
    public void Its_version_is_what_the_server_says()
    {
        var message = Read(Visit);

        (message.Reference, message.Event, message.VersionId).ShouldBe(("Appointment/a1", "Appointment/booked", "7"));
        message.LastUpdated.ShouldBe(Instant.FromUtc(2026, 9, 14, 14, 30).PlusNanoseconds(123456700));
        message.Version.ShouldBe("Appointment/a1/7@2026-09-14T14:30:00.1234567Z");
        Read("""{"resourceType":"Patient","id":"p"}""").Version.ShouldBeEmpty();
    }

    [Fact]
    public void The_patient_who_is_not_at_hand_is_needed_and_known_by_id_alone()
    {
        Generic.Needs(Read(Visit), Mapped.Context).ShouldBe(["Patient/p1"]);
        var changed = Generic.Map(Read(Visit), Mapped.Context).Events.ShouldHaveSingleItem();
        changed.Patient.ShouldBe(new PatientFacts { Id = "p1" });
        changed.PatientAsOf.ShouldBe(new FactsVersion(null, "", SaysNothing: true));
    }

    [Fact]
    public void With_the_patient_at_hand_nothing_is_needed_and_the_facts_have_the_patients_version()
    {
        var message = Read(Bundle(Visit, """{"resourceType":"Patient","id":"p1","meta":{"versionId":"3","lastUpdated":"2026-01-01T00:00:00Z"},"name":[{"family":"Example"}]}"""));

        Generic.Needs(message, Mapped.Context).ShouldBeEmpty();
        var changed = Generic.Map(message, Mapped.Context).Events.ShouldHaveSingleItem();
        changed.Patient.Family.ShouldBe("Example");
        changed.Patient.Cell.IsErased.ShouldBeTrue();
        changed.PatientAsOf.ShouldBe(new FactsVersion(Instant.FromUtc(2026, 1, 1, 0, 0), "3"));
    }

    [Fact]
    public void What_a_server_has_not_got_is_not_asked_for_again() =>
        Generic.Needs(Read("""{"resourceType":"Bundle","entry":[{"resource":VISIT},{"fullUrl":"Patient/p1","response":{"status":"404"}}]}""".Replace("VISIT", Visit, StringComparison.Ordinal)), Mapped.Context).ShouldBeEmpty();

    [Fact]
    public void Only_a_reference_that_a_rule_follows_is_needed()
    {
        var mapper = By("location: \"%location named %location.resolve().name\"");

        mapper.Needs(Read(Visit), Mapped.Context).ShouldBe(["Location/l1", "Patient/p1"]);
        var message = Read(Bundle(Visit, """{"resourceType":"Patient","id":"p1"}""", """{"resourceType":"Location","id":"l1","name":"Main Street"}"""));
        mapper.Map(message, Mapped.Context).Visit().Location.Value.ShouldBe(new Coded("l1", "Main Street"));
    }

    [Fact]
    public void A_logical_reference_is_searched_for_by_its_identifier()
    {
        var logical = Visit.Replace("\"reference\":\"Patient/p1\"", "\"type\":\"Patient\",\"identifier\":{\"system\":\"urn:x\",\"value\":\"7 1\"}", StringComparison.Ordinal);

        Generic.Needs(Read(logical), Mapped.Context).ShouldBe(["Patient?identifier=urn%3Ax%7C7%201"]);
    }

    [Theory]
    [InlineData("""[{"system":"phone","use":"mobile","value":"555-0141","rank":2},{"system":"phone","use":"mobile","value":"2175550142","rank":1}]""", "2175550142")]
    [InlineData("""[{"system":"phone","use":"mobile","value":"2175550141","period":{"end":"2026-08-01"}},{"system":"phone","use":"mobile","value":"2175550142"}]""", "2175550142")]
    [InlineData("""[{"system":"phone","use":"mobile","value":"2175550141","period":{"end":"2027-08-01"}},{"system":"phone","use":"mobile","value":"2175550142"}]""", "2175550141")]
    [InlineData("""[{"system":"email","use":"mobile","value":"x@example.org"},{"system":"sms","value":"2175550143"}]""", "2175550143")]
    [InlineData("""[{"system":"phone","use":"mobile","value":"000-000-0000"},{"use":"mobile","value":"2175550144"}]""", "2175550144")]
    [InlineData("""[{"system":"phone","use":"old","value":"2175550145"}]""", null)]
    public void The_best_telephone_in_use_is_taken(string telecom, string? cell)
    {
        var context = Mapped.Context with { ReceivedAt = Instant.FromUtc(2026, 9, 14, 0, 0) };

        var stated = Generic.Map(Read($$"""{"resourceType":"Patient","id":"p1","telecom":{{telecom}}}"""), context).Facts().Cell;

        (stated.HasValue ? stated.Value : null).ShouldBe(cell);
    }

    [Fact]
    public void A_part_of_a_patient_takes_nothing_away() =>
        Generic.Map(Read("""{"resourceType":"Patient","id":"p1","meta":{"tag":[{"code":"SUBSETTED"}]}}"""), Mapped.Context).Facts().Cell.IsNothing.ShouldBeTrue();

    [Theory]
    [InlineData("""{"resourceType":"Appointment","id":"a","status":"booked","start":"never","participant":[{"actor":{"reference":"Patient/p"}}]}""", "unreadable", "appointment.start")]
    [InlineData("""{"resourceType":"Appointment","id":"a","status":"postponed","participant":[{"actor":{"reference":"Patient/p"}}]}""", "unknown-code", "events")]
    public void What_cannot_be_read_is_held(string json, string cause, string field)
    {
        var result = Generic.Map(Read(json), Mapped.Context);

        (result.Outcome, result.Causes[0].Code, result.Causes[0].Field).ShouldBe((MappingOutcome.Held, cause, field));
    }

    [Fact]
    public void A_cancellation_is_never_held_for_its_start() =>
        Generic.Map(Read("""{"resourceType":"Appointment","id":"a","status":"cancelled","start":"never","participant":[{"actor":{"reference":"Patient/p"}}]}"""), Mapped.Context).Outcome.ShouldBe(MappingOutcome.Understood);

    [Fact]
    public void A_start_without_a_time_is_a_day() =>
        Generic.Map(Read(Visit.Replace("2026-09-22T10:15:00-05:00", "2026-09-22", StringComparison.Ordinal)), Mapped.Context).Visit().Start.Value.DayOnly.ShouldBeTrue();

    [Fact]
    public void What_no_rule_looked_at_is_listed() =>
        Generic.Explain(Read(Visit.Replace("\"status\":\"booked\"", "\"status\":\"booked\",\"comment\":\"bring shoes\",\"novel\":{\"x\":1}", StringComparison.Ordinal)), Mapped.Context).Unread
            .ShouldBe([new("Appointment.comment", "bring shoes"), new("Appointment.novel.x", "1")], ignoreOrder: true);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"resourceType\":5}")]
    [InlineData("{\"resourceType\":\"Bundle\"}")]
    [InlineData("not json")]
    public void What_is_no_resource_is_said_to_be_none(string json)
    {
        FhirMessage.TryRead(Encoding.UTF8.GetBytes(json), out var problem).ShouldBeNull();
        problem.ShouldNotBeNull();
    }

    [Fact]
    public void No_text_makes_it_throw() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, Visit.Length - 1], CsCheck.Gen.Char["{}[],:\"0x-T \u00e9"], CsCheck.Gen.Int[0, 9]),
        (at, letter, cut) =>
        {
            if (FhirMessage.TryRead(Encoding.UTF8.GetBytes(Visit.Remove(at, Math.Min(cut, Visit.Length - at)).Insert(at, letter.ToString())), out _) is { } message)
            {
                _ = Generic.Keys(message);
                _ = Generic.Needs(message, Mapped.Context);
                _ = Generic.Explain(message, Mapped.Context);
            }
        },
        iter: 3000);

    private static Mapper By(string location)
    {
        var yaml = $"emr: T\nevents: {{ Appointment: book }}\npatient: {{ id: id }}\nappointment: {{ id: id, start: start, {location} }}\n";
        MappingFile.TryParse(yaml, "fhir.yaml", out var file, out var errors).ShouldBeTrue(string.Join('\n', errors));
        return Mapper.Compile(file!);
    }

    private static FhirMessage Read(string json)
    {
        var message = FhirMessage.TryRead(Encoding.UTF8.GetBytes(json), out var problem);
        problem.ShouldBeNull();
        return message!;
    }

    private static string Bundle(params string[] resources) => $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', resources.Select(resource => "{\"resource\":" + resource + "}"))}}]}""";
}
