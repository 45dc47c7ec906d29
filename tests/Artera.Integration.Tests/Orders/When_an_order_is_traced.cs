using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Inbound;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Web;
using Artera.Integration.Web.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Orders;

/// <summary>From the EMR's order to the text, the patient's words and the visit that was booked for it.</summary>
public sealed class When_an_order_is_traced : IAsyncLifetime
{
    private const string Cell = "+12175550102";

    private static readonly string[] SmallTables = ["Practice", "Line", "Resource", "EventType", "Holiday", "HealthSystem", "SettingsVersion"];

    private Hospital hospital = null!;
    private HttpClient api = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open(now: "2026-09-11T15:00:00Z");
        api = new HttpClient { BaseAddress = new Uri(hospital.Server.Http, "/api/v1/trace/") };
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A28|A1|P|2.5.1
            PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102||SPA
            """);
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await hospital.DisposeAsync();
    }

    [Fact]
    public async Task The_way_of_a_recall_is_told_from_the_order_to_the_visit()
    {
        var order = await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        var sent = await Text();
        var answer = await Answers("¿Cuánto cuesta?");
        var visit = await Books("COLO60");

        var recall = await hospital.Read(db => db.Set<Recall>().SingleAsync());
        var trace = await Get($"recalls/{recall.Id}");
        (trace.GetProperty("order").Text("kind"), trace.GetProperty("order").Text("externalId")).ShouldBe(("recall", "R8801"));
        var steps = Steps(trace);
        steps.Select(step => step.Text("at")).ShouldBeInOrder();
        steps.Where(step => step.Text("stage") != "Decided" && step.Text("stage") != "Delivered").Select(step => (step.Text("stage"), step.Text("about"))).ShouldBe(
        [
            ("Received", About("message", order.Id)), ("Sent", About("text", sent.Id)), ("Answered", About("answer", answer)), ("Booked", About("appointment", visit)),
        ]);
        steps.Count(step => step.Text("stage") == "Decided").ShouldBe(4);
    }

    [Fact]
    public async Task Every_way_to_a_referral_tells_the_same()
    {
        var first = await hospital.Says(Said.Referral("1", "20260911100000", "I12"));
        var sent = await Text();
        var answer = await Answers("gracias");
        var second = await hospital.Says(Said.Referral("2", "20260911110000", "I13", authorization: "A"));

        var referral = await hospital.Read(db => db.Set<Referral>().SingleAsync());
        var known = Steps(await Get($"referrals/{referral.Id}")).ConvertAll(step => step.ToString());
        known.Count.ShouldBeGreaterThan(6);
        foreach (var way in new[] { About("messages/", first.Id), About("messages/", second.Id), About("texts/", sent.Id), About("answers/", answer) })
        {
            var order = (await Get(way.Replace(":", "", StringComparison.Ordinal))).GetProperty("orders").EnumerateArray().Single();
            order.GetProperty("order").Text("kind").ShouldBe("referral");
            Steps(order).ConvertAll(step => step.ToString()).ShouldBe(known, way);
        }
    }

    [Fact]
    public async Task A_visit_with_the_number_of_a_recall_is_another_thing()
    {
        var order = await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        var booked = await hospital.Says(Said.Visit("2", "20260911101000", "S12", "R8801", "OFFICE"));

        Received(await Get($"recalls/{(await hospital.Read(db => db.Set<Recall>().SingleAsync())).Id}")).ShouldBe([About("message", order.Id)]);
        var visit = (await Get($"messages/{booked.Id}")).GetProperty("visits").EnumerateArray().Single();
        Received(visit).ShouldBe([About("message", booked.Id)]);
        (await Get($"messages/{order.Id}")).GetProperty("visits").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("recalls")]
    [InlineData("referrals")]
    public async Task What_is_not_there_is_not_found(string kind)
    {
        using var reply = await api.GetAsync(new Uri($"{kind}/999999", UriKind.Relative));
        reply.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_index_leads_to_everything()
    {
        var order = await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        await Text();
        await Answers("¿Cuánto cuesta?");
        await hospital.Says(Said.Referral("2", "20260911100000", "I12"));
        await Books("COLO60");
        await using var scope = hospital.Server.Services.CreateAsyncScope();
        var traces = scope.ServiceProvider.GetRequiredService<OrderTraces>();
        var referral = await hospital.Read(db => db.Set<Referral>().Select(row => row.Id).SingleAsync());
        var plans = await QueryPlans.Of(hospital.Server.DatabaseFile, async () =>
        {
            await scope.ServiceProvider.GetRequiredService<MessageTraces>().Of(order.Id, CancellationToken.None);
            await traces.OfReferral(referral, CancellationToken.None);
        });
        plans.Count.ShouldBeGreaterThan(15);
        QueryPlans.Scans(plans, SmallTables).ShouldBeEmpty();
    }

    private static string About(string what, long id) => string.Create(CultureInfo.InvariantCulture, $"{what}:{id}");

    private static List<JsonElement> Steps(JsonElement way) => [.. way.GetProperty("steps").EnumerateArray()];

    private static IEnumerable<string?> Received(JsonElement way) =>
        Steps(way).Where(step => step.Text("stage") == "Received").Select(step => step.Text("about"));

    private Task<JsonElement> Get(string path) => api.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private async Task<OutboundMessage> Text() => (await hospital.Server.Until(
        db => db.Set<OutboundMessage>().AsNoTracking().SingleOrDefaultAsync(), text => text is { State: OutboundState.Sent }))!;

    private async Task<long> Answers(string words)
    {
        hospital.Clock.Advance(TimeSpan.FromMinutes(5));
        await hospital.Server.Send(new AnswerAsPatient(Cell, "+12175550190", words));
        var text = await hospital.Server.Until(db => db.Set<InboundText>().AsNoTracking().SingleAsync(), text => text.Understood);
        hospital.Clock.Advance(TimeSpan.FromMinutes(5));
        return text.Id;
    }

    private async Task<long> Books(string type)
    {
        (await hospital.Says(Said.Visit("9", "20260911101000", "S12", "V1", type))).State.ShouldBe(InboxState.Applied);
        return await hospital.Read(db => db.Set<Appointment>().Select(row => row.Id).SingleAsync());
    }
}
