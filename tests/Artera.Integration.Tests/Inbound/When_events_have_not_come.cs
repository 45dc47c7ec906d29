using System.Net;
using Artera.Integration.Appointments;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_events_have_not_come
{
    [Fact]
    public async Task The_server_is_asked_for_them_and_they_are_applied()
    {
        await using var emr = await Emr("a1", "a2", "a3");
        emr.Refusing = request => request.Path.Value!.EndsWith("$events", StringComparison.Ordinal) ? Results.Text(Status("query-event", 2, "Appointment/a2"), "application/fhir+json") : null;
        await using var server = await Start(emr, "Events");

        await FhirVisits.Notify(server, Status("event-notification", 1, "Appointment/a1"));
        await Applied(server, 1);
        await FhirVisits.Notify(server, Status("event-notification", 3, "Appointment/a3"));

        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 3);
        emr.Asked.ShouldContain("GET Subscription/s/$events?eventsSinceNumber=2&eventsUntilNumber=2&content=full-resource");
        (await server.Read(db => db.Set<FhirGap>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_server_cannot_tell_what_changed_is_searched_for()
    {
        await using var emr = await Emr("a1", "a2");
        await using var server = await Start(emr, "Events");

        await FhirVisits.Notify(server, Status("event-notification", 1, "Appointment/a1"));
        await Applied(server, 1);
        (await FhirVisits.Notify(server, Status("heartbeat", 2, null))).ShouldBe(HttpStatusCode.OK);

        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 2);
        (await server.Read(db => db.Set<InboxMessage>().SingleAsync(row => row.Event == "Notification/heartbeat"))).Cause.ShouldBe("heartbeat");
        (await server.Read(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked"))).ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_asked_where_that_is_off()
    {
        await using var emr = await Emr("a1", "a2");
        await using var server = await Start(emr, "Off");

        await FhirVisits.Notify(server, Status("event-notification", 1, "Appointment/a1"));
        await FhirVisits.Notify(server, Status("event-notification", 7, "Appointment/a2"));
        await Applied(server, 2);

        (await server.Read(db => db.Set<FhirCounter>().CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData(FhirNotificationKind.Event, 3L, new long[] { 4 }, 4L, 4L, null, null)]
    [InlineData(FhirNotificationKind.Event, 3L, new long[] { 6, 7 }, 7L, 7L, 4L, 5L)]
    [InlineData(FhirNotificationKind.Event, 3L, new long[0], 6L, 6L, 4L, 5L)]
    [InlineData(FhirNotificationKind.Event, 3L, new long[] { 2 }, 3L, 3L, null, null)]
    [InlineData(FhirNotificationKind.Event, 3L, new long[] { 1 }, 1L, 1L, null, null)]
    [InlineData(FhirNotificationKind.Heartbeat, 3L, new long[0], 3L, 3L, null, null)]
    [InlineData(FhirNotificationKind.Heartbeat, 3L, new long[0], 5L, 5L, 4L, 5L)]
    [InlineData(FhirNotificationKind.Handshake, 3L, new long[0], 0L, 0L, null, null)]
    [InlineData(FhirNotificationKind.Event, null, new long[] { 9 }, 9L, 9L, null, null)]
    public void Numbers_say_what_is_missing(FhirNotificationKind kind, long? before, long[] brought, long since, long seen, long? first, long? last)
    {
        var count = EventCount.After(new() { Kind = kind, Numbers = brought, EventsSinceStart = since }, before)!.Value;

        (count.Seen, count.First, count.Last).ShouldBe((seen, first, last));
    }

    private static async Task<FhirStandIn> Emr(params string[] visits)
    {
        var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        foreach (var visit in visits)
            emr.Put(FhirVisits.Visit(visit));
        return emr;
    }

    private static Task Applied(TestServer server, int notifications) =>
        server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Notification/event" && row.State == InboxState.Applied), applied => applied == notifications);

    private static Task<TestServer> Start(FhirStandIn emr, string recover) => FhirVisits.Start(
        emr.Base, new("Feeds:1:Fhir:Subscription:Recover", recover), new("Feeds:1:Fhir:Subscription:RecoverAfter", "00:00:00"));

    private static string Status(string type, int number, string? focus) =>
        """{"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"SubscriptionStatus","subscription":{"reference":"Subscription/s"},"type":"TYPE","eventsSinceSubscriptionStart":"NUMBER"EVENTS}}]}"""
            .Replace("EVENTS", focus is null ? "" : ""","notificationEvent":[{"eventNumber":"NUMBER","timestamp":"2026-09-14T00:00:00Z","focus":{"reference":"FOCUS"}}]""", StringComparison.Ordinal)
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("NUMBER", $"{number}", StringComparison.Ordinal).Replace("FOCUS", focus, StringComparison.Ordinal);
}
