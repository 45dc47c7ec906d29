using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Operations.Keys;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Web;

public sealed class When_held_messages_are_decided : IAsyncLifetime
{
    private const string Mapping = """
        emr: Test
        events: { SIU^S12: book }
        patient: { id: PID-3.1 }
        appointment: { id: SCH-2.1, start: SCH-11.4, status: SCH-25.1 via statuses, location: AIL-3.1 }
        tables: { statuses: { BOOKED: booked } }

        """;

    private readonly TempFolder folder = new();
    private TestServer server = null!;
    private HttpClient api = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(clock: null, services: null, new("Feeds:0:Mapping", folder.Write("hl7.yaml", Mapping)), new("Inbound:Apply", "false"));
        api = new HttpClient { BaseAddress = new Uri(server.Http, "/api/v1/feeds/main/") };
        await server.Write(
            Message("1", InboxState.Held, "unknown-code", "SCH-25.1", "ZZZ", "statuses"),
            Message("2", InboxState.Held, "unknown-code", "SCH-25.1", "ZZZ", "statuses"),
            Message("3", InboxState.Unmapped, "unmapped-location", null, "ANNEX", null),
            Message("4", InboxState.Failed, "failed", null, "IOException", null));
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_groups_are_listed_with_the_words_that_a_code_can_mean()
    {
        var groups = await Groups();
        groups.Select(group => group.GetProperty("words").GetString()).ShouldBe(
            ["SCH-25.1 = ZZZ is not in table statuses", "no practice owns the location ANNEX", "our own trouble: IOException"]);
        groups[0].GetProperty("count").GetInt32().ShouldBe(2);
        groups[0].GetProperty("meanings").EnumerateArray().Select(word => word.GetString()).ShouldContain("no-show");
    }

    [Fact]
    public async Task A_code_is_given_a_meaning()
    {
        var key = (await Groups())[0].GetProperty("key").GetString();

        using var wrong = await Post($"held/{key}/meaning", new { meaning = "here" });
        wrong.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("is not one of booked");
        using var right = await Post($"held/{key}/meaning", new { meaning = "arrived" });
        (await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("count").GetInt32().ShouldBe(2);

        File.ReadAllText(folder.File("hl7.yaml")).ShouldContain("{ ZZZ: arrived, BOOKED: booked }");
        (await States()).ShouldBe([InboxState.Received, InboxState.Received, InboxState.Unmapped, InboxState.Failed]);
    }

    [Fact]
    public async Task A_location_is_given_to_a_practice()
    {
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        await server.Write(new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" });
        var key = (await Groups())[1].GetProperty("key").GetString();

        using var answer = await Post($"held/{key}/practice", new { practice = "Test Practice", name = "Annex" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await States())[2].ShouldBe(InboxState.Received);
        (await server.Read(db => db.Set<Resource>().SingleAsync())).Name.ShouldBe("Annex");
    }

    [Fact]
    public async Task Groups_and_single_messages_are_applied_again_or_ignored_and_the_audit_log_says_so()
    {
        var groups = await Groups();
        using var ignored = await Post($"held/{groups[0].GetProperty("key").GetString()}/ignore", null);
        using var failed = await Post($"held/{groups[2].GetProperty("key").GetString()}/again", null);
        using var single = await Post("messages/3/again", null);
        using var unknown = await Post("held/00000000/again", null);
        using var nobody = await Post("messages/99/ignore", null);

        new[] { ignored, failed, single, unknown, nobody }.Select(answer => answer.StatusCode).ShouldBe(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound]);
        (await States()).ShouldBe([InboxState.Ignored, InboxState.Ignored, InboxState.Received, InboxState.Received]);
        (await server.Read(db => db.Set<AuditEntry>().OrderBy(entry => entry.Id).Select(entry => $"{entry.Who} {entry.What} {entry.Subject}").ToListAsync())).ShouldBe(
        [
            "loopback ignored 2 × feed:main: SCH-25.1 = ZZZ is not in table statuses",
            "loopback applied again feed:main: our own trouble: IOException",
            "loopback applied again feed message:3",
        ]);
    }

    [Fact]
    public async Task A_manager_decides_and_only_the_enterprise_changes_what_all_share()
    {
        var key = (await Groups())[0].GetProperty("key").GetString();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.Send(new AddApiKey("bridge", Role.Manager, "test")));

        using var meaning = await Post($"held/{key}/meaning", new { meaning = "arrived" });
        using var again = await Post($"held/{key}/again", null);

        (meaning.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.OK));
    }

    private async Task<List<JsonElement>> Groups() =>
        [.. (await api.GetFromJsonAsync<JsonElement>(new Uri("held", UriKind.Relative))).GetProperty("items").EnumerateArray()];

    private Task<HttpResponseMessage> Post(string path, object? body) => api.PostAsync(new Uri(path, UriKind.Relative), body is null ? null : JsonContent.Create(body));

    private Task<List<InboxState>> States() => server.Read(db => db.Set<InboxMessage>().OrderBy(row => row.Id).Select(row => row.State).ToListAsync());

    private static InboxMessage Message(string controlId, InboxState state, string cause, string? path, string value, string? table) => new()
    {
        Feed = "main",
        ReceivedAt = Instant.FromUtc(2026, 10, 26, 14, 0),
        Raw = Encoding.UTF8.GetBytes(Samples.Siu(controlId)),
        ControlId = controlId,
        BodyHash = 1,
        Event = "SIU^S12",
        AckCode = "AA",
        State = state,
        Cause = cause,
        CausePath = path,
        CauseValue = value,
        CauseTable = table,
    };
}
