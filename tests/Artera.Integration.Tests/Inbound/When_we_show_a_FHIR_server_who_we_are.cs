using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Artera.Integration.Appointments;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_we_show_a_FHIR_server_who_we_are
{
    [Fact]
    public async Task By_name_and_password()
    {
        await using var emr = await Guarded("Basic " + Convert.ToBase64String("artera:hush"u8));

        await Gets(emr, new("Feeds:1:Fhir:Auth:Kind", "Basic"), new("Feeds:1:Fhir:Auth:ClientId", "artera"), new("Feeds:1:Fhir:Auth:Secret", "hush"));
    }

    [Fact]
    public async Task By_a_header_that_never_changes()
    {
        await using var emr = await Guarded("secret-key", "X-Api-Key");

        await Gets(emr, new("Feeds:1:Fhir:Auth:Kind", "Header"), new("Feeds:1:Fhir:Auth:Header", "X-Api-Key"), new("Feeds:1:Fhir:Auth:Secret", "secret-key"));
    }

    [Fact]
    public async Task By_a_token_for_a_client_secret()
    {
        await using var emr = await Guarded("Bearer t1");
        await using var tokens = await TokenStandIn.Start("t1");

        await Gets(
            emr, new("Feeds:1:Fhir:Auth:Kind", "ClientSecret"), new("Feeds:1:Fhir:Auth:ClientId", "artera"),
            new("Feeds:1:Fhir:Auth:Secret", "hush"), new("Feeds:1:Fhir:Auth:TokenUrl", tokens.Url));

        tokens.Shown.ShouldBe("Basic " + Convert.ToBase64String("artera:hush"u8));
        tokens.Form["grant_type"].ShouldBe("client_credentials");
    }

    [Fact]
    public async Task The_next_key_is_published_before_it_signs()
    {
        await using var emr = await FhirStandIn.Start();
        using var folder = new TempFolder();
        using var key = RSA.Create(2048);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await using var server = await FhirVisits.Start(
            emr.Base,
            new("Feeds:1:Fhir:Auth:Kind", "PrivateKey"), new("Feeds:1:Fhir:Auth:ClientId", "artera"), new("Feeds:1:Fhir:Auth:TokenUrl", $"{emr.Base}/token"),
            new("Feeds:1:Fhir:Auth:Keys:0", folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem())), new("Feeds:1:Fhir:Auth:Keys:1", folder.Write("next.pem", next.ExportPkcs8PrivateKeyPem())));

        await FhirVisits.Notify(server, "");
        await server.Until(_ => Task.FromResult(emr.LastAssertion), assertion => assertion is not null);

        using var http = new HttpClient { BaseAddress = server.Http };
        var published = JsonNode.Parse(await http.GetStringAsync("/fhir/keys/emr", TestContext.Current.CancellationToken))!["keys"]!.AsArray();
        published.Select(one => one!["alg"]!.GetValue<string>()).ShouldBe(["RS384", "ES384"]);
        var head = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(emr.LastAssertion!.Split('.')[0]))!;
        head["kid"]!.GetValue<string>().ShouldBe(published[0]!["kid"]!.GetValue<string>());
    }

    [Fact]
    public async Task By_a_token_for_what_an_RSA_key_signed()
    {
        await using var emr = await Guarded("Bearer t1");
        await using var tokens = await TokenStandIn.Start("t1");
        using var folder = new TempFolder();
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);

        await Gets(
            emr, new("Feeds:1:Fhir:Auth:Kind", "PrivateKey"), new("Feeds:1:Fhir:Auth:ClientId", "artera"),
            new("Feeds:1:Fhir:Auth:TokenUrl", tokens.Url), new("Feeds:1:Fhir:Auth:Keys:0", folder.File("key.pem")));

        var parts = tokens.Form["client_assertion"].Split('.');
        JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0])).RootElement.GetProperty("alg").GetString().ShouldBe("RS384");
        key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public async Task By_nothing_when_its_certificate_is_not_known()
    {
        using var certificate = SelfSigned();
        await using var emr = await FhirStandIn.Start(certificate: certificate);
        await using var server = await FhirVisits.Start(emr.Base, new("Feeds:1:Fhir:Auth:Kind", "Basic"), new("Feeds:1:Fhir:Auth:ClientId", "artera"), new("Feeds:1:Fhir:Auth:Secret", "hush"));

        (await FhirVisits.Notify(server, "")).ShouldBe(HttpStatusCode.OK);

        (await server.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleAsync(), row => row.Attempts > 0)).State.ShouldBe(InboxState.Waiting);
        emr.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Over_TLS_when_its_certificate_is()
    {
        using var certificate = SelfSigned();
        await using var emr = await FhirStandIn.Start(certificate: certificate);
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1"));
        emr.Base.ShouldStartWith("https://");

        await Gets(emr, new KeyValuePair<string, string?>("Feeds:1:Fhir:ServerCertificates:0", certificate.GetCertHashString(HashAlgorithmName.SHA256)));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_server_that_asks_for_a_pause_gets_it(HttpStatusCode status)
    {
        await using var emr = await Visits();
        emr.Refusing = request =>
        {
            request.HttpContext.Response.Headers.RetryAfter = "3600";
            return Results.StatusCode((int)status);
        };
        await using var server = await FhirVisits.Start(emr.Base);

        await FhirVisits.Notify(server, emr.All("Appointment").Single().ToJsonString());

        var row = await server.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleAsync(), row => row.Attempts == 1);
        (row.RetryAt!.Value - row.ReceivedAt).TotalMinutes.ShouldBeGreaterThan(59);
        row.CauseValue.ShouldBe(((int)status).ToString("'http-'0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_notification_that_says_nothing_is_followed_by_a_search()
    {
        await using var emr = await Visits();

        await Told(emr, "");

        emr.Asked[0].ShouldStartWith("GET Appointment?_lastUpdated=ge");
    }

    /// <summary>As athenahealth names things: by identifiers alone.</summary>
    [Fact]
    public async Task What_is_named_by_an_identifier_alone_is_searched_for()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1").Replace("""{"reference":"Patient/p1"}""", """{"type":"Patient","identifier":{"system":"urn:example","value":"77"}}""", StringComparison.Ordinal));

        await Told(
            emr,
            """{"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"SubscriptionStatus","subscription":{"reference":"Subscription/s"},"topic":"https://example.org/topics/Appointment.schedule","type":"event-notification","notificationEvent":[{"id":"e1","eventNumber":"1","focus":{"type":"Appointment","identifier":{"system":"urn:example","value":"a1"}}}]}}]}""");

        emr.Asked.ShouldContain("GET Appointment?identifier=urn%3Aexample%7Ca1");
        emr.Asked.ShouldContain("GET Patient?identifier=urn%3Aexample%7C77");
    }

    private static async Task<FhirStandIn> Visits()
    {
        var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1"));
        return emr;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=emr.example.org", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static async Task<FhirStandIn> Guarded(string expected, string header = "Authorization")
    {
        var emr = await Visits();
        emr.Refusing = request => request.Headers[header] == expected ? null : Results.Unauthorized();
        return emr;
    }

    private static Task Gets(FhirStandIn emr, params KeyValuePair<string, string?>[] settings) => Told(emr, "", settings);

    private static async Task Told(FhirStandIn emr, string notification, params KeyValuePair<string, string?>[] settings)
    {
        await using var server = await FhirVisits.Start(emr.Base, settings);
        (await FhirVisits.Notify(server, notification)).ShouldBe(HttpStatusCode.OK);
        (await server.Until(db => db.Set<Appointment>().AsNoTracking().SingleOrDefaultAsync(), visit => visit is not null))!.ExternalId.ShouldBe("a1");
    }
}
