using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_campaign_is_run() : WithAClinic(new ClinicServer()), IAsyncLifetime
{
    public ValueTask InitializeAsync() => Running.InitializeAsync();

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task It_is_written_listed_looked_at_started_and_reported()
    {
        await Server.Write(new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "RIV", Name = "Riverside", PracticeId = Clinic.Practice.Id });
        var id = await Read<JsonElement>(await Api.PostAsJsonAsync("campaigns", Flu("Flu shots at {practiceName}"))) is var added ? added.GetProperty("id").GetInt64() : 0;
        (await Read<JsonElement>(await Upload(id, $"mrn\n{Clinic.Ana.ExternalId}\nNOBODY\n"))).GetProperty("rows").GetInt32().ShouldBe(2);
        var preview = await Get($"campaigns/{id}/preview");
        preview.GetProperty("reachable").GetInt32().ShouldBe(1);
        preview.GetProperty("listProblems")[0].Text("problem").ShouldBe("unknown-identifier");

        (await Api.PostAsync($"campaigns/{id}/start?at=2100-01-01T12:00:00Z", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Api.PostAsync($"campaigns/{id}/pause", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Api.PostAsync($"campaigns/{id}/resume", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Server.Until(
            db => db.Set<Integration.Outreach.PlannedMessage>().AsNoTracking().Where(row => row.Module == Integration.Outreach.TriggerModule.Campaign).ToListAsync(),
            rows => rows.Count == 1);

        (await Get($"decisions?patientId={Clinic.Ana.Id}")).GetProperty("items").EnumerateArray().ShouldContain(row => row.Text("trigger") == "Flu");
        (await Api.PostAsync($"campaigns/{id}/stop", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get($"campaigns/{id}")).GetProperty("campaign").Text("state").ShouldBe("Stopped");
        (await Get("campaigns")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await AuditLog()).Where(entry => entry.Subject == $"campaign:{id}").Select(entry => entry.What).ShouldBe(["created", "listed", "started", "paused", "resumed", "stopped"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_not_right_is_refused_and_staff_may_not()
    {
        (await Api.PostAsJsonAsync("campaigns", Flu("Your visit {eventDate}"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Upload(4711, "P1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Api.PostAsync("campaigns/4711/start", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var staff = Running.Client(await Running.NewKey("desk", Role.Staff));
        (await staff.GetAsync("campaigns")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private object Flu(string text) => new { name = "Flu", practiceId = Clinic.Practice.Id, sms = new { en = text }, pace = new { perHour = 3600 } };

    private async Task<HttpResponseMessage> Upload(long id, string csv)
    {
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        return await Api.PutAsync($"campaigns/{id}/patients", body);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
