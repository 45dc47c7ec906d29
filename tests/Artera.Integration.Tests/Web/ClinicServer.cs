using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Web;

/// <summary>A server with a clinic in it, and a client that asks its API.</summary>
public sealed class ClinicServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public Clinic Clinic { get; private set; } = null!;

    public HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.Start();
        Clinic = await Server.Read(db => Clinic.Open(db, TimeProvider.System.Now()));
        Api = Client();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
    }

    public HttpClient Client(string? secret = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(Server.Http, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    public async Task<string> NewKey(string name, Role role) =>
        (await Server.Send(new AddApiKey(name, role, "test"))).ShouldNotBeNull();

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await Api.GetAsync(new Uri(path, UriKind.Relative));
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path} gave {answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<List<AuditEntry>> AuditLog() =>
        Server.Read(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Id).ToListAsync());
}
