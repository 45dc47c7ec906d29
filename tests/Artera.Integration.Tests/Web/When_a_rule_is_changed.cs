using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_rule_is_changed() : WithAClinic(new ClinicServer()), IAsyncLifetime
{
    private static readonly JsonSerializerOptions AsServed = Served();

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
    public async Task It_is_read_as_it_is_put_back()
    {
        var practice = await Server.Read(db => db.Set<Practice>().Select(row => row.Id).FirstAsync());
        foreach (var starting in StartingTriggers.Entries)
            await Put("triggers", JsonSerializer.SerializeToElement(starting, AsServed));
        var names = StartingTriggers.Entries.Select(entry => entry.Name).ToHashSet();
        var rows = (await Get($"triggers?practiceId={practice}&limit=200")).Rows().FindAll(row => names.Contains(row.GetProperty("rule").Text("name")!));
        rows.Count.ShouldBe(names.Count);
        foreach (var row in rows)
        {
            var saved = await Put("triggers", row.GetProperty("rule"));
            (saved.GetProperty("id").GetInt64(), saved.GetProperty("changed").GetBoolean()).ShouldBe((row.GetProperty("id").GetInt64(), false));
            row.GetProperty("choice").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        var id = rows[0].GetProperty("id").GetInt64();
        await Put($"practices/{practice}/triggers/{id}", new { running = false });
        JsonElement Choice(JsonElement page) => page.Rows().Single(row => row.GetProperty("id").GetInt64() == id).GetProperty("choice");
        Choice(await Get($"triggers?practiceId={practice}&limit=200")).GetProperty("running").GetBoolean().ShouldBeFalse();
        Choice(await Get("triggers?limit=200")).ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{ "name": "Parking", "sends": "2 hours before start" }""", "$.sends, line 1")]
    [InlineData("""{ "name": "Parking",\n "send": 5 }""", "$.send, line 2")]
    [InlineData("""{ "name": "Parking", "only": { "patient-mood": ["Good"] } }""", "$.only")]
    [InlineData("""{ "name": "Parking", """, "$, line 1")]
    public async Task What_cannot_be_read_is_refused_with_its_place(string body, string place)
    {
        using var content = new StringContent(body.Replace("\\n", "\n", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var answer = await Api.PutAsync(new Uri("triggers", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("title")!.ShouldContain(place);
    }

    [Theory]
    [InlineData("""{ "en": "Come by {eventDat}" }""", "en at 9: unknown phrase {eventDat}")]
    [InlineData("""{ "es": "Venga" }""", "the base language en is missing")]
    public async Task A_text_that_is_not_right_is_refused_and_says_why(string texts, string why)
    {
        using var answer = await Api.PutAsJsonAsync("triggers", new { name = "Parking", send = "2 hours before start", sms = JsonDocument.Parse(texts).RootElement });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("title")!.ShouldContain(why);
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

    private static JsonSerializerOptions Served()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        JsonFormats.Apply(options);
        return options;
    }

    private static object Parking(string send) => new { name = "Parking", send, sms = new { en = "Park in lot C." } };

    private async Task<JsonElement> Put(string path, object body)
    {
        using var answer = await Api.PutAsJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
