using System.Globalization;
using System.Net;
using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Artera.Integration.Tests.Inbound;

/// <summary>A server with a FHIR feed of a practice, and visits there.</summary>
internal static class FhirVisits
{
    public const string Secret = "Bearer hook-secret-123";

    public const string Patient =
        """{"resourceType":"Patient","id":"p1","name":[{"family":"Example","given":["Ana"]}],"telecom":[{"system":"phone","use":"mobile","value":"217-555-0141"}]}""";

    public static string Visit(string id, string status = "booked", DateTimeOffset? start = null) =>
        """{"resourceType":"Appointment","id":"ID","status":"STATUS","start":"START","participant":[{"actor":{"reference":"Patient/p1"},"status":"needs-action"},{"actor":{"reference":"Location/l1","display":"Main"},"status":"accepted"}]}"""
            .Replace("ID", id, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal)
            .Replace("START", (start ?? DateTimeOffset.UtcNow.AddDays(5)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>With a version that says nothing of its time.</summary>
    public static string Untimed(string id, int version, string status) => Visit(id, status)
        .Replace("\"status\":\"" + status, string.Create(CultureInfo.InvariantCulture, $"\"meta\":{{\"versionId\":\"{version}\"}},\"status\":\"{status}"), StringComparison.Ordinal);

    public static Task<TestServer> Start(string? address, params KeyValuePair<string, string?>[] settings) => StartAt(address, null, settings);

    public static Task<TestServer> StartAt(string? address, TimeProvider? clock, params KeyValuePair<string, string?>[] settings) => StartOn(TestDatabase.Usual, address, clock, settings);

    public static Task<TestServer> StartOn(DatabaseProvider on, string? address, TimeProvider? clock, params KeyValuePair<string, string?>[] settings) => TestServer.StartOn(
        on, clock,
        services: services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Opening>()),
        settings:
        [
            new("Feeds:1:Name", "emr"),
            new("Feeds:1:Mapping", "mappings/generic"),
            new("Feeds:1:Fhir:Subscription:Secret", Secret),
            new("Feeds:1:Fhir:BaseUrl", address),
            .. settings,
        ]);

    public static async Task<HttpStatusCode> Notify(TestServer server, string body)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir/notifications/emr") { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        request.Headers.TryAddWithoutValidation("Authorization", Secret);
        return (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }

    /// <summary>The only feed of its enterprise: nobody speaks HL7 there.</summary>
    public static Task<TestServer> StartAlone(DatabaseProvider on, FhirStandIn emr, TimeProvider clock, params KeyValuePair<string, string?>[] settings) => TestServer.StartOn(
        on, clock,
        services: services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Opening>()),
        settings:
        [
            new("Feeds:0:Name", "emr"),
            new("Feeds:0:Mapping", "mappings/generic"),
            new("Feeds:0:TimeZone", "America/Chicago"),
            new("Feeds:0:Fhir:Subscription:Secret", Secret),
            new("Feeds:0:Fhir:BaseUrl", emr.Base),
            new("Feeds:0:WriteBack:Fhir:BaseUrl", emr.Base),
            new("WriteBack:LookEvery", "00:00:00.050"),
            new("Inbound:LookEvery", "00:00:00.100"),
            .. settings,
        ]);

    /// <summary>A Subscription that somebody made by hand at the server; without a payload its notifications are empty.</summary>
    public static void Subscribe(FhirStandIn emr, TestServer server, string payload = "") => emr.Put(
        """{"resourceType":"Subscription","id":"hand","status":"active","criteria":"Appointment?","channel":{"type":"rest-hook","endpoint":"ENDPOINT",PAYLOAD"header":["Authorization: SECRET"]}}"""
            .Replace("ENDPOINT", $"{server.Http}fhir/notifications/emr", StringComparison.Ordinal)
            .Replace("PAYLOAD", payload.Length == 0 ? "" : $"\"payload\":\"{payload}\",", StringComparison.Ordinal)
            .Replace("SECRET", Secret, StringComparison.Ordinal));

    /// <summary>The practice is there before the first poll.</summary>
    private sealed class Opening(IServiceScopeFactory scopes) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
            var system = new HealthSystem { Name = "Test Health" };
            db.Add(system);
            await db.SaveChangesAsync(cancellationToken);
            var practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/Chicago" };
            db.Add(practice);
            await db.SaveChangesAsync(cancellationToken);
            var line = new Line { PracticeId = practice.Id, Number = "+12175550100", Name = "Front desk" };
            db.Add(line);
            await db.SaveChangesAsync(cancellationToken);
            await StartingTriggers.AddMissing(db, system.Id, cancellationToken);
            db.Add(new Resource { Emr = "emr", Kind = ResourceKind.Location, ExternalId = "l1", Name = "Main", PracticeId = practice.Id, LineId = line.Id });
            await db.SaveChangesAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
