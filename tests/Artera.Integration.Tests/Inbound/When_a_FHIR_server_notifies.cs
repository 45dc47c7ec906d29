using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_FHIR_server_notifies
{
    private const string Secret = "Bearer hook-secret-123";

    [Fact]
    public async Task A_full_notification_books_the_visit_and_makes_the_patient_known()
    {
        await using var server = await Start(null);

        (await Notify(server, Full("1", Visit(1)))).ShouldBe(HttpStatusCode.OK);

        var patient = await server.Until(db => db.Set<Patient>().SingleOrDefaultAsync(), found => found is not null);
        (patient!.ExternalId, patient.Family).ShouldBe(("p1", "Example"));
        (await Rows(server, "Appointment/booked")).ShouldHaveSingleItem().AppointmentKey.ShouldBe("a1");
    }

    [Fact]
    public async Task The_same_notification_and_the_same_version_are_applied_once()
    {
        await using var server = await Start(null);

        await Notify(server, Full("1", Visit(1)));
        await Notify(server, Full("1", Visit(1)));
        await Notify(server, Full("2", Visit(1)));
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Notification/event" && row.State == InboxState.Applied), applied => applied == 2);

        (await Rows(server, "Appointment/booked")).Count.ShouldBe(1);
        (await Rows(server, "Notification/event")).Select(row => row.Resends).ShouldBe([1, 0]);
    }

    [Fact]
    public async Task A_heartbeat_is_kept_and_applies_nothing()
    {
        await using var server = await Start(null);

        (await Notify(server, Status("heartbeat", "1", "Appointment/a1"))).ShouldBe(HttpStatusCode.OK);

        (await Rows(server, "Notification/heartbeat")).ShouldHaveSingleItem().State.ShouldBe(InboxState.Ignored);
        (await Rows(server, "Appointment/booked")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Forbidden)]
    public async Task Without_the_secret_nothing_is_kept(string? shown, HttpStatusCode answer)
    {
        await using var server = await Start(null);

        (await Notify(server, Full("1", Visit(1)), shown)).ShouldBe(answer);

        (await server.Read(db => db.Set<InboxMessage>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_signed_body_is_taken_and_a_changed_one_is_not()
    {
        await using var server = await Start(null, new KeyValuePair<string, string?>("Feeds:1:Fhir:Subscription:SignatureSecret", "hush"));
        var body = Full("1", Visit(1));
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("hush"u8, Encoding.UTF8.GetBytes(body)));

        (await Send(server, body, "X-Hub-Signature", signature)).ShouldBe(HttpStatusCode.OK);
        (await Send(server, body + " ", "X-Hub-Signature", signature)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_only_named_is_fetched_with_all_that_its_rules_look_at()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put("Appointment/a1", Visit(1));
        emr.Put("Patient/p1", Patient);
        await using var server = await Start(emr);

        await Notify(server, Status("event-notification", "1", $"{emr.Base}/Appointment/a1"));

        var patient = await server.Until(db => db.Set<Patient>().SingleOrDefaultAsync(), found => found is not null);
        patient!.Family.ShouldBe("Example");
        emr.Asked.ShouldBe(["GET Appointment/a1", "GET Patient/p1"]);
    }

    [Fact]
    public async Task It_is_answered_when_it_is_stored_though_its_server_does_not_say_a_word_to_us()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Slowness = TimeSpan.FromMinutes(10);
        await using var server = await Start(emr, new KeyValuePair<string, string?>("Feeds:1:Fhir:Timeout", "00:10:00"));

        (await Notify(server, Status("event-notification", "1", "Appointment/a1")).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);

        (await Rows(server, "Notification/event")).ShouldHaveSingleItem().State.ShouldBe(InboxState.Waiting);
    }

    [Fact]
    public async Task A_server_that_is_down_is_asked_again_and_nothing_is_lost()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put("Appointment/a1", Visit(1));
        emr.Put("Patient/p1", Patient);
        emr.FailNext(HttpStatusCode.ServiceUnavailable, 1);
        await using var server = await Start(emr);

        await Notify(server, Status("event-notification", "1", "Appointment/a1"));

        await server.Until(db => db.Set<Patient>().CountAsync(), known => known == 1);
        (await Rows(server, "Notification/event")).ShouldHaveSingleItem().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_server_has_not_got_waits_for_a_person()
    {
        await using var emr = await FhirStandIn.Start();
        await using var server = await Start(emr);

        await Notify(server, Status("event-notification", "1", "Appointment/nowhere"));

        var row = await server.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleAsync(), row => row.State == InboxState.Held);
        (row.Cause, row.CauseValue).ShouldBe(("gone", "http-404"));
    }

    [Fact]
    public async Task A_token_is_fetched_once_kept_and_fetched_again_when_it_is_refused()
    {
        await using var emr = await FhirStandIn.Start(needsToken: true);
        emr.Put("Appointment/a1", Visit(1));
        emr.Put("Patient/p1", Patient);
        using var folder = new TempFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await File.WriteAllTextAsync(folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var server = await Start(
            emr,
            new("Feeds:1:Fhir:Auth:Kind", "PrivateKey"), new("Feeds:1:Fhir:Auth:ClientId", "artera"),
            new("Feeds:1:Fhir:Auth:TokenUrl", $"{emr.Base}/token"), new("Feeds:1:Fhir:Auth:Keys:0", folder.File("key.pem")));

        await Notify(server, Status("event-notification", "1", "Appointment/a1"));
        await server.Until(db => db.Set<Patient>().CountAsync(), known => known == 1);
        emr.TokensGiven.ShouldBe(1);
        emr.Revoke();
        emr.Put("Appointment/a1", Visit(2));
        await Notify(server, Status("event-notification", "2", "Appointment/a1"));
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked"), rows => rows == 2);

        emr.TokensGiven.ShouldBe(2);
        var assertion = emr.LastAssertion!.Split('.');
        key.VerifyData(Encoding.ASCII.GetBytes($"{assertion[0]}.{assertion[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(assertion[2]), HashAlgorithmName.SHA384).ShouldBeTrue();
        using var http = new HttpClient { BaseAddress = server.Http };
        (await http.GetStringAsync("/fhir/keys/emr", TestContext.Current.CancellationToken)).ShouldContain("\"crv\":\"P-384\"");
    }

    [Fact]
    public async Task A_rest_hook_resource_is_a_visit_and_an_older_version_changes_nothing()
    {
        await using var server = await Start(null);

        await Notify(server, Bundle(Visit(5), Patient));
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked" && row.SettledAt != null), rows => rows == 1);
        await Notify(server, Bundle(Visit(4), Patient));
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked" && row.SettledAt != null), rows => rows == 2);

        (await server.Read(db => db.Set<Appointment>().CountAsync())).ShouldBeLessThanOrEqualTo(1);
        (await Rows(server, "Appointment/booked"))[1].State.ShouldBeOneOf(InboxState.Stale, InboxState.Unmapped);
    }

    private static Task<TestServer> Start(FhirStandIn? emr, params KeyValuePair<string, string?>[] settings) => TestServer.Start(settings:
    [
        new("Feeds:1:Name", "emr"),
        new("Feeds:1:Mapping", "mappings/generic"),
        new("Feeds:1:Fhir:Subscription:Secret", Secret),
        new("Feeds:1:Fhir:BaseUrl", emr?.Base),
        .. settings,
    ]);

    private static Task<List<InboxMessage>> Rows(TestServer server, string happened) =>
        server.Read(db => db.Set<InboxMessage>().AsNoTracking().Where(row => row.Event == happened).OrderBy(row => row.Id).ToListAsync());

    private static Task<HttpStatusCode> Notify(TestServer server, string body, string? shown = Secret) => Send(server, body, "Authorization", shown);

    private static async Task<HttpStatusCode> Send(TestServer server, string body, string header, string? shown)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir/notifications/emr") { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        if (shown is not null)
            request.Headers.TryAddWithoutValidation(header, shown);
        return (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }

    private const string Patient = """{"resourceType":"Patient","id":"p1","meta":{"versionId":"1","lastUpdated":"2026-09-01T00:00:00Z"},"name":[{"family":"Example","given":["Ana"]}],"telecom":[{"system":"phone","use":"mobile","value":"217-555-0141"}]}""";

    private static string Visit(int version) =>
        """{"resourceType":"Appointment","id":"a1","meta":{"versionId":"VERSION","lastUpdated":"2026-09-14T14:30:0VERSIONZ"},"status":"booked","start":"2027-09-22T10:15:00-05:00","participant":[{"actor":{"reference":"Patient/p1"},"status":"needs-action"}]}"""
            .Replace("VERSION", version.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Status(string type, string number, string focus) => Bundle(Parameters(type, number, focus));

    private static string Full(string number, string visit) => Bundle(Parameters("event-notification", number, "Appointment/a1"), visit, Patient);

    private static string Parameters(string type, string number, string focus) =>
        """{"resourceType":"Parameters","parameter":[{"name":"subscription","valueReference":{"reference":"Subscription/s"}},{"name":"type","valueCode":"TYPE"},{"name":"events-since-subscription-start","valueString":"NUMBER"},{"name":"notification-event","part":[{"name":"event-number","valueString":"NUMBER"},{"name":"timestamp","valueInstant":"2026-09-14T00:00:00Z"},{"name":"focus","valueReference":{"reference":"FOCUS"}}]}]}"""
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("NUMBER", number, StringComparison.Ordinal).Replace("FOCUS", focus, StringComparison.Ordinal);

    private static string Bundle(params string[] resources) =>
        "{\"resourceType\":\"Bundle\",\"id\":\"" + Guid.NewGuid() + "\",\"type\":\"history\",\"entry\":[" + string.Join(',', resources.Select(resource => "{\"resource\":" + resource + "}")) + "]}";
}
