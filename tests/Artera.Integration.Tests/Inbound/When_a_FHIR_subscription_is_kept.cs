using System.Text.Json.Nodes;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_FHIR_subscription_is_kept
{
    private const string Endpoint = "https://artera.example.org/fhir/notifications/emr";

    [Fact]
    public async Task It_is_made_where_there_is_none_as_R4_has_it()
    {
        await using var emr = await FhirStandIn.Start();
        await using var server = await Start(emr, "RestHook");

        await Row(server, row => row.ServerId == "s1");

        var made = emr.All("Subscription").ShouldHaveSingleItem();
        (Text(made, "criteria"), Text(made, "status")).ShouldBe(("Appointment?", "requested"));
        (Text(made["channel"]!, "endpoint"), Text(made["channel"]!, "payload")).ShouldBe((Endpoint, "application/fhir+json"));
        made["channel"]!["header"]!.ToJsonString().ShouldContain(FhirVisits.Secret);
        Text(made, "end").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_topic_is_subscribed_as_the_backport_has_it()
    {
        await using var emr = await FhirStandIn.Start();
        await using var server = await Start(
            emr, "Topic",
            new("Feeds:1:Fhir:Subscription:Criteria:0", "https://example.org/topics/appointment"), new("Feeds:1:Fhir:Subscription:Filters:0", "Appointment?status=booked"),
            new("Feeds:1:Fhir:Subscription:Payload", "IdOnly"), new("Feeds:1:Fhir:Subscription:Heartbeat", "00:01:00"));

        await Row(server, row => row.ServerId == "s1");

        var made = emr.All("Subscription").ShouldHaveSingleItem().ToJsonString();
        made.ShouldContain("backport-payload-content\",\"valueCode\":\"id-only\"");
        made.ShouldContain("backport-filter-criteria\",\"valueString\":\"Appointment?status=booked\"");
        made.ShouldContain("backport-heartbeat-period\",\"valueUnsignedInt\":60");
    }

    [Fact]
    public async Task One_that_the_server_gave_up_is_asked_for_again_and_said_to_be_in_trouble_until_it_is_active()
    {
        await using var emr = await FhirStandIn.Start();
        await using var server = await Start(emr, "RestHook");
        await Row(server, row => row.ServerId == "s1");

        Turn(emr, "error");

        await Row(server, row => row.Trouble == "error");
        (await server.Read(db => FeedTrouble.All(db, Book(server), CancellationToken.None))).ShouldHaveSingleItem().Kind.ShouldBe("subscription");
        Text(emr.All("Subscription").Single(), "status").ShouldBe("requested");
        Turn(emr, "active");
        await Row(server, row => row is { Trouble: null, Status: "active" });
        (await server.Read(db => FeedTrouble.All(db, Book(server), CancellationToken.None))).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_renewed_before_its_end_and_made_again_when_it_is_gone()
    {
        await using var emr = await FhirStandIn.Start();
        await using var server = await Start(emr, "RestHook");
        await Row(server, row => row.ServerId == "s1");

        Turn(emr, "active", DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

        await Row(server, row => row.EndsAt > SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(6));
        emr.Delete("Subscription/s1");
        await Row(server, row => row.ServerId == "s2");
    }

    [Fact]
    public async Task One_that_was_made_and_not_noted_down_is_found()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put($$$"""{"resourceType":"Subscription","id":"known","status":"active","criteria":"Appointment?","channel":{"type":"rest-hook","endpoint":"{{{Endpoint}}}"}}""");
        await using var server = await Start(emr, "RestHook");

        await Row(server, row => row is { ServerId: "known", Status: "active", Trouble: null });

        emr.All("Subscription").Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_server_refuses_is_shown()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Refusing = _ => Results.StatusCode(StatusCodes.Status403Forbidden);
        await using var server = await Start(emr, "RestHook");

        (await Row(server, row => row.Trouble is not null)).Trouble.ShouldBe("http-403");
    }

    private static Feeds.FeedBook Book(TestServer server) => (Feeds.FeedBook)server.Services.GetService(typeof(Feeds.FeedBook))!;

    private static void Turn(FhirStandIn emr, string status, string? end = null)
    {
        var known = emr.All("Subscription").Single();
        known["status"] = status;
        if (end is not null)
            known["end"] = end;
        emr.Put(known.ToJsonString());
    }

    private static string? Text(JsonNode json, string name) => json[name]?.GetValue<string>();

    private static async Task<FhirSubscription> Row(TestServer server, Func<FhirSubscription, bool> satisfied) =>
        (await server.Until(db => db.Set<FhirSubscription>().AsNoTracking().SingleOrDefaultAsync(), row => row is not null && satisfied(row)))!;

    private static Task<TestServer> Start(FhirStandIn emr, string form, params KeyValuePair<string, string?>[] settings) => FhirVisits.Start(
        emr.Base,
        [
            new("Feeds:1:Fhir:Subscription:Create", form),
            new("Feeds:1:Fhir:Subscription:Endpoint", Endpoint),
            new("Feeds:1:Fhir:Subscription:CheckEvery", "00:00:01"),
            .. settings,
        ]);
}
