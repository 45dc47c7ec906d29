using System.Text;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping.Tests;

public class When_a_FHIR_notification_is_read
{
    [Fact]
    public void An_empty_body_says_that_something_happened()
    {
        var empty = FhirNotification.Read(""u8.ToArray());

        (empty.Kind, empty.IsEmpty, empty.Id).ShouldBe((FhirNotificationKind.Event, true, ""));
    }

    [Fact]
    public void A_resource_alone_is_a_rest_hook()
    {
        var hook = FhirNotification.Read("""{"resourceType":"Appointment","id":"a1"}"""u8.ToArray());

        hook.Kind.ShouldBe(FhirNotificationKind.Resource);
        FhirMessage.TryRead(hook.Resources.ShouldHaveSingleItem(), out _)!.Reference.ShouldBe("Appointment/a1");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("[1]")]
    [InlineData("{\"x\":1}")]
    public void What_is_not_FHIR_is_unreadable(string body) => FhirNotification.Read(Encoding.UTF8.GetBytes(body)).Kind.ShouldBe(FhirNotificationKind.Unreadable);

    [Theory]
    [InlineData("\"valueString\":\"12\"")]
    [InlineData("\"valueUnsignedInt\":12")]
    [InlineData("\"valueInteger64\":\"12\"")]
    [InlineData("\"valueDecimal\":12")]
    public void Counters_may_be_numbers_or_texts(string value)
    {
        var notification = Parameters("heartbeat", $$"""{"name":"events-since-subscription-start",{{value}}}""");

        (notification.Kind, notification.EventsSinceStart, notification.IsEmpty).ShouldBe((FhirNotificationKind.Heartbeat, 12, false));
    }

    [Fact]
    public void A_heartbeat_that_repeats_the_last_event_brings_nothing()
    {
        var heartbeat = Parameters("heartbeat", Event("2", "Appointment/a1"));

        heartbeat.Addresses.ShouldBeEmpty();
        heartbeat.Kind.ShouldBe(FhirNotificationKind.Heartbeat);
    }

    [Fact]
    public void Events_with_references_name_where_the_resources_are()
    {
        var notification = Parameters("event-notification", Event("1", "https://emr.example.org/r4/Appointment/a1/_history/2"), Event("2", "Appointment/a2"), Event("3", "Encounter/e"));

        notification.Addresses.ShouldBe(["https://emr.example.org/r4/Appointment/a1", "Appointment/a2"]);
        notification.Id.Split('\n').ShouldBe(["Subscription/s#1@2026-09-14T00:00:00Z", "Subscription/s#2@2026-09-14T00:00:00Z", "Subscription/s#3@2026-09-14T00:00:00Z"]);
    }

    [Fact]
    public void Events_with_resources_bring_what_they_are_about_with_all_that_came_along()
    {
        var notification = Bundle(Status("event-notification", Event("1", "Appointment/a1")), """{"resourceType":"Patient","id":"p1"}""", """{"resourceType":"Appointment","id":"a1","status":"booked","participant":[{"actor":{"reference":"Patient/p1"}}]}""");

        notification.Addresses.ShouldBeEmpty();
        var message = FhirMessage.TryRead(notification.Resources.ShouldHaveSingleItem(), out _)!;
        message.Reference.ShouldBe("Appointment/a1");
        MappingsFolder.Mapper("generic", MessageForm.Fhir).Needs(message, Mapped.Context).ShouldBeEmpty();
    }

    [Fact]
    public void A_status_of_a_later_version_is_read_in_R4_with_its_logical_focus()
    {
        var notification = Bundle("""
            {"resourceType":"SubscriptionStatus","type":"event-notification","eventsSinceSubscriptionStart":"1","topic":"https://example.org/SubscriptionTopic/Appointment.schedule",
             "subscription":{"reference":"Subscription/1"},"notificationEvent":[{"id":"n-1","eventNumber":1,"focus":{"identifier":{"system":"urn:x:appointment:7","value":"2"}}}]}
            """, """{"resourceType":"AuditEvent","id":"n-1"}""");

        (notification.Kind, notification.Id, notification.EventsSinceStart).ShouldBe((FhirNotificationKind.Event, "n-1", 1));
        notification.Addresses.ShouldBe(["Appointment?identifier=urn%3Ax%3Aappointment%3A7%7C2"]);
        notification.Resources.ShouldBeEmpty();
    }

    [Fact]
    public void A_number_without_a_time_names_nothing_since_servers_begin_to_count_anew()
    {
        var notification = FhirNotification.Read("""
            {"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"SubscriptionStatus","type":"event-notification","subscription":{"reference":"Subscription/s"},
             "notificationEvent":[{"eventNumber":"1","focus":{"reference":"Appointment/a1"}}]}}]}
            """u8.ToArray());

        (notification.Id, notification.FirstId, notification.Addresses.Single()).ShouldBe(("", "Subscription/s#1", "Appointment/a1"));
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var body = """{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Parameters","parameter":[""" + Event("1", "Appointment/a1") + "]}}]}";
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, body.Length - 1], CsCheck.Gen.Char["{}[],:\"0x "], CsCheck.Gen.Int[0, 9]),
            (at, letter, cut) => FhirNotification.Read(Encoding.UTF8.GetBytes(body.Remove(at, Math.Min(cut, body.Length - at)).Insert(at, letter.ToString()))).ShouldNotBeNull(),
            iter: 3000);
    }

    [Fact]
    public void A_searchs_page_gives_its_matches_and_the_next_page()
    {
        var matches = FhirCollection.Matches("""
            {"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"a"},{"relation":"next","url":"https://emr.example.org/r4?page=2"}],
             "entry":[{"resource":{"resourceType":"Appointment","id":"a1"},"search":{"mode":"match"}},{"resource":{"resourceType":"Patient","id":"p1"},"search":{"mode":"include"}},{"resource":{"resourceType":"OperationOutcome"}}]}
            """u8.ToArray(), out var next);

        Encoding.UTF8.GetString(matches.ShouldHaveSingleItem().Span).ShouldContain("a1");
        next.ShouldBe("https://emr.example.org/r4?page=2");
    }

    private static string Event(string number, string focus) =>
        """{"name":"notification-event","part":[{"name":"event-number","valueString":"NUMBER"},{"name":"timestamp","valueInstant":"2026-09-14T00:00:00Z"},{"name":"focus","valueReference":{"reference":"FOCUS"}}]}"""
            .Replace("NUMBER", number, StringComparison.Ordinal).Replace("FOCUS", focus, StringComparison.Ordinal);

    private static string Status(string type, params string[] parameters) =>
        """{"resourceType":"Parameters","parameter":[{"name":"subscription","valueReference":{"reference":"Subscription/s"}},{"name":"type","valueCode":"TYPE"},REST]}"""
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("REST", string.Join(',', parameters), StringComparison.Ordinal);

    private static FhirNotification Parameters(string type, params string[] parameters) => Bundle(Status(type, parameters));

    private static FhirNotification Bundle(params string[] resources) => FhirNotification.Read(Encoding.UTF8.GetBytes(
        """{"resourceType":"Bundle","type":"history","entry":[ENTRIES]}""".Replace("ENTRIES", string.Join(',', resources.Select(resource => "{\"resource\":" + resource + "}")), StringComparison.Ordinal)));
}
