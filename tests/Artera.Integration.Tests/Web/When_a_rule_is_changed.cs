using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_rule_is_changed() : WithAClinic(new ClinicServer()), IAsyncLifetime
{
    public ValueTask InitializeAsync() => Running.InitializeAsync();

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task It_is_saved_and_planned_again_and_its_history_is_told()
    {
        var id = (await Put("triggers", Parking("2 hours before start"))).GetProperty("id").GetInt64();
        (await Put("triggers", Parking("3 hours before start"))).GetProperty("changed").GetBoolean().ShouldBeTrue();
        (await Put("triggers", Parking("3 hours before start"))).GetProperty("changed").GetBoolean().ShouldBeFalse();
        await Server.Until(db => db.Set<Replanning>().AsNoTracking().ToListAsync(), rows => rows.Count > 0 && rows.TrueForAll(row => row.FinishedAt is not null));

        var history = (await Get($"triggers/{id}/history")).GetProperty("items").EnumerateArray().ToList();
        history.Count.ShouldBe(2);
        history[0].Text("who").ShouldBe("loopback");
        history[0].Text("before")!.ShouldContain("2 hours before start");
        history[0].Text("after")!.ShouldContain("3 hours before start");
        (await Get("replannings")).GetProperty("items").EnumerateArray().First().Text("module").ShouldBe("Appointment");
        (await AuditLog()).ShouldContain(entry => entry.What == "changed" && entry.Subject == $"trigger:{id}");
    }

    [Fact]
    public async Task A_practice_pauses_restricts_and_has_its_own()
    {
        var id = (await Put("triggers", Parking("2 hours before start"))).GetProperty("id").GetInt64();
        var practice = await Server.Read(db => db.Set<Practice>().Select(row => row.Id).FirstAsync());
        await Put($"practices/{practice}/triggers/{id}", new { running = false, never = new { EventType = new[] { "LAB" } } });
        var book = await Server.Read(db => TriggerBook.Load(db, CancellationToken.None));
        var chosen = book.For(practice, TriggerModule.Appointment).Single(row => row.Name == "Parking");
        (chosen.Running, chosen.Filters.Exclude.Single().Values.Single()).ShouldBe((false, "LAB"));

        await Put($"practices/{practice}/triggers", Parking("1 hour before start"));
        book = await Server.Read(db => TriggerBook.Load(db, CancellationToken.None));
        TimingWords.Write(book.For(practice, TriggerModule.Appointment).Single(row => row.Name == "Parking").Timing).ShouldBe("1 hour before start");
    }

    [Fact]
    public async Task What_is_not_right_is_refused_and_says_why()
    {
        using var answer = await Api.PutAsJsonAsync("triggers", Parking("soon"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("title")!.ShouldContain("'soon' is no time");
    }

    [Fact]
    public async Task A_manager_chooses_for_a_practice_and_only_the_enterprise_changes_its_defaults()
    {
        using var manager = Running.Client(await Running.NewKey("supervisor", Role.Manager));
        using var refused = await manager.PutAsJsonAsync("triggers", Parking("2 hours before start"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static object Parking(string send) => new { name = "Parking", send, sms = new { en = "Park in lot C." } };

    private async Task<JsonElement> Put(string path, object body)
    {
        using var answer = await Api.PutAsJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
