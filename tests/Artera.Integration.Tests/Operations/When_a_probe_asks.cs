using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Artera.Integration.Tests.Operations;

public sealed class When_a_probe_asks : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private TestServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start();
        client.BaseAddress = server.Http;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_server_that_works_says_so_to_anybody(string path)
    {
        using var answer = await Ask(path, stranger: true);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("status").ShouldBe("Healthy");
    }

    [Fact]
    public async Task Without_its_schema_it_lives_but_is_not_ready()
    {
        await server.Read(db => db.Database.ExecuteSqlRawAsync("""DROP TABLE "KeptAnswer" """));
        (await Ask("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.Read(async db =>
        {
            await db.Database.EnsureDeletedAsync();
            return true;
        });
        (await Ask("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await Ask("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void The_journal_and_the_database_are_looked_at() =>
        server.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HealthCheckServiceOptions>>().Value
            .Registrations.Select(check => check.Name).ShouldBe(["journal", "application-acks", "fhir", "mappings", "database"], ignoreOrder: true);

    [Fact]
    public async Task Metrics_are_for_this_machine_or_a_key()
    {
        (await Ask("/metrics", stranger: true)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.Send(new AddApiKey("prometheus", Role.Staff, "test")));
        using var answer = await Ask("/metrics", stranger: true);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("artera_inbound_oldest");
        text.ShouldContain("artera_channels_needs_action");
        text.ShouldContain("dotnet_gc");
    }

    private async Task<HttpResponseMessage> Ask(string path, bool stranger = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (stranger)
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        return await client.SendAsync(request);
    }
}
