using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using NodaTime;

namespace Artera.Integration.Tests.Outreach.Wording;

/// <summary>The merge fields as they stand in a text that is sent, to be read beside the product's list of them.</summary>
public sealed class What_a_phrase_says
{
    private const string Monday = "2026-11-02 12:00";
    private const string Dates = "{eventDate}|{eventTime}|{eventDateAtTime}|{eventDateAtTimeShort}";
    private const string Orders = "[{recallName}|{recallDueDate}|{referralName}|{referralProviderName}]";

    [Theory]
    [InlineData("en", "[eye exam|Wednesday, March 3||Dr. Gray]")]
    [InlineData("es", "[examen de la vista|miércoles, 3 de marzo||Dr. Gray]")]
    public async Task Of_a_recall(string language, string said)
    {
        await using var clinic = await Opened("Recall, created", Orders);
        await clinic.Recalls(
            await clinic.Patient("P1", with: facts => facts with { Language = language }),
            with: recall => recall with { Type = new Coded("EYE"), Due = new LocalDate(2027, 3, 3), Provider = new Coded("D1") });
        await clinic.Look();

        (await clinic.Outbox()).ShouldHaveSingleItem().Body.ShouldBe(said);
    }

    [Theory]
    [InlineData("en", "D1", "[||eye exam|Dr. Gray]")]
    [InlineData("es", "D1", "[||examen de la vista|Dr. Gray]")]
    [InlineData("en", "D9", "[||eye exam|Doctor Nine]")]
    public async Task Of_a_referral(string language, string provider, string said)
    {
        await using var clinic = await Opened("Referral, created", Orders);
        await clinic.Refers(
            await clinic.Patient("P1", with: facts => facts with { Language = language }),
            with: referral => referral with { Type = new Coded("EYE"), Provider = new Coded(provider, "Doctor Nine") });
        await clinic.Look();

        (await clinic.Outbox()).ShouldHaveSingleItem().Body.ShouldBe(said);
    }

    [Fact]
    public async Task Of_orders_of_which_little_is_known()
    {
        await using var clinic = await Opened("Recall, created", Orders);
        await Reword(clinic, "Referral, created", Orders);
        var patient = await clinic.Patient("P1");
        await clinic.Recalls(patient);
        await clinic.Refers(patient);
        await clinic.Look();

        (await clinic.Outbox()).Select(text => text.Body).ShouldBe(["[|||]", "[|||]"]);
    }

    [Fact]
    public async Task Of_a_visit_there_is_nothing_to_say_of_an_order()
    {
        await using var clinic = await Opened("Booked", Orders);
        await clinic.Says(await clinic.Patient("P1"), AppointmentChange.Book, "2026-11-24 15:05", facts => facts with { Type = new Coded("EYE"), Provider = new Coded("D1") });
        await clinic.Look();

        (await clinic.Outbox()).ShouldHaveSingleItem().Body.ShouldBe("[|||]");
    }

    [Theory]
    [InlineData("the clocks go forward in New York on March 8, 2026", "America/New_York", "2026-03-07T19:30Z", "Saturday, March 7|2:30 PM|Saturday, March 7 at 2:30 PM|Mar 7, 2:30 PM")]
    [InlineData("the last minute of winter", "America/New_York", "2026-03-08T06:59Z", "Sunday, March 8|1:59 AM|Sunday, March 8 at 1:59 AM|Mar 8, 1:59 AM")]
    [InlineData("and the next", "America/New_York", "2026-03-08T07:00Z", "Sunday, March 8|3:00 AM|Sunday, March 8 at 3:00 AM|Mar 8, 3:00 AM")]
    [InlineData("the same hour of the day is an hour earlier in UTC", "America/New_York", "2026-03-09T18:30Z", "Monday, March 9|2:30 PM|Monday, March 9 at 2:30 PM|Mar 9, 2:30 PM")]
    [InlineData("Phoenix has no summer time", "America/Phoenix", "2026-03-09T21:30Z", "Monday, March 9|2:30 PM|Monday, March 9 at 2:30 PM|Mar 9, 2:30 PM")]
    [InlineData("Berlin changes three weeks later", "Europe/Berlin", "2026-03-28T13:30Z", "Saturday, March 28|2:30 PM|Saturday, March 28 at 2:30 PM|Mar 28, 2:30 PM")]
    [InlineData("Berlin in summer", "Europe/Berlin", "2026-03-30T12:30Z", "Monday, March 30|2:30 PM|Monday, March 30 at 2:30 PM|Mar 30, 2:30 PM")]
    [InlineData("midnight is of the new day", "America/New_York", "2026-03-08T05:00Z", "Sunday, March 8|12:00 AM|Sunday, March 8 at 12:00 AM|Mar 8, 12:00 AM")]
    public Task Around_the_spring_change(string when, string zone, string start, string said) => Tells(when, "2026-03-02 12:00", zone, start, said);

    [Theory]
    [InlineData("the clocks go back in New York on November 1, 2026", "America/New_York", "2026-10-31T18:30Z", "Saturday, October 31|2:30 PM|Saturday, October 31 at 2:30 PM|Oct 31, 2:30 PM")]
    [InlineData("half past one, the first time", "America/New_York", "2026-11-01T05:30Z", "Sunday, November 1|1:30 AM|Sunday, November 1 at 1:30 AM|Nov 1, 1:30 AM")]
    [InlineData("and the second", "America/New_York", "2026-11-01T06:30Z", "Sunday, November 1|1:30 AM|Sunday, November 1 at 1:30 AM|Nov 1, 1:30 AM")]
    [InlineData("the same hour of the day is an hour later in UTC", "America/New_York", "2026-11-02T19:30Z", "Monday, November 2|2:30 PM|Monday, November 2 at 2:30 PM|Nov 2, 2:30 PM")]
    [InlineData("Phoenix", "America/Phoenix", "2026-11-02T21:30Z", "Monday, November 2|2:30 PM|Monday, November 2 at 2:30 PM|Nov 2, 2:30 PM")]
    [InlineData("Berlin changed a week before", "Europe/Berlin", "2026-10-26T13:30Z", "Monday, October 26|2:30 PM|Monday, October 26 at 2:30 PM|Oct 26, 2:30 PM")]
    public Task Around_the_autumn_change(string when, string zone, string start, string said) => Tells(when, "2026-10-20 12:00", zone, start, said);

    [Theory]
    [InlineData("EYE", true, "eye exam")]
    [InlineData("OTHER", true, "Wednesday, November 4")]
    [InlineData("EYE", false, "9:30 AM eye exam")]
    [InlineData("OTHER", false, "9:30 AM")]
    public async Task A_list_tells_each_visit_by_what_is_known_of_it(string type, bool dayOnly, string told)
    {
        await using var clinic = await Opened("Booked", "Booked: {eventDate}");
        var entry = TriggerEntry.Of(await clinic.Read(db => Task.FromResult(db.Set<Trigger>().Single(row => row.Name == "Booked"))));
        entry.Merged = new TriggerEntry.MergedEntry { Sms = new() { ["en"] = "Booked:\n{eventList}\nThank you", ["es"] = "{eventList}" } };
        (await clinic.Saves(entry)).Problems.ShouldBeEmpty();
        var patient = await clinic.Patient("P1");
        await clinic.Says(patient, AppointmentChange.Book, "2026-11-04 15:00", facts => facts with { Type = new Coded("EYE") });
        var start = Given.At(dayOnly ? "2026-11-04 00:00" : "2026-11-04 09:30");
        await clinic.Says(patient, AppointmentChange.Book, null, facts => facts with { Type = new Coded(type), Start = new VisitStart(start, dayOnly) }, "V2");
        await clinic.Until("2026-11-02 12:10");

        (await clinic.Outbox()).ShouldHaveSingleItem().Body.ShouldBe($"Booked:\n{told}\n3:00 PM eye exam\nThank you");
    }

    private static async Task Tells(string when, string now, string zone, string start, string said)
    {
        await using var clinic = await Clinic.Open(now);
        await clinic.Change<Practice>(_ => true, practice => practice.TimeZone = zone);
        await Reword(clinic, "Booked", Dates);
        var at = Instant.FromDateTimeOffset(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        await clinic.Says(await clinic.Patient("P1"), AppointmentChange.Book, null, facts => facts with { Start = new VisitStart(at) });
        await clinic.Look();

        (await clinic.Outbox())[0].Body.ShouldBe(said, when);
    }

    private static async Task<Clinic> Opened(string rule, string text)
    {
        var clinic = await Clinic.Open(Monday);
        await clinic.Add(
            new EventType { Emr = "main", ExternalId = "EYE", Name = new() { ["en"] = "eye exam", ["es"] = "examen de la vista" } },
            new Resource { Emr = "main", Kind = ResourceKind.Provider, ExternalId = "D1", Name = "Dr. Gray", PracticeId = clinic.PracticeId });
        await Reword(clinic, rule, text);
        return clinic;
    }

    private static Task Reword(Clinic clinic, string rule, string text) => clinic.Change<Trigger>(
        trigger => trigger.Name == rule, trigger => trigger.Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = text, ["es"] = text } }]);
}
