using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Recalls;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Web;
using Artera.Integration.Web;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Orders;

/// <summary>What was to be said when the settings lost the feed is seen, is said when one listens again, and nothing of it goes ahead of its turn.</summary>
public sealed class When_a_feed_for_order_statuses_is_taken_away : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private Hospital hospital = null!;
    private string Drop => folder.File("status");

    private KeyValuePair<string, string?> Listening => new("Feeds:0:OrderStatus:Folder", Drop);

    public async ValueTask DisposeAsync()
    {
        if (hospital is not null)
            await hospital.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_is_parked_and_seen()
    {
        await Open();
        await Left("gone", "gone");

        var row = (await Until(rows => rows is [{ State: WriteBackState.Parked }])).Single();

        row.Cause.ShouldBe(Causes.NoTarget);
        (await hospital.Read(db => db.OrdersInTheEmr(OrderKind.Recall, [row.OrderId], CancellationToken.None)))[row.OrderId].State.ShouldBe(InEmr.Refused);
        var recall = await Get($"recalls/{row.OrderId}");
        (recall.GetProperty("inTheEmr").Text("state"), recall.GetProperty("inTheEmr").Text("status")).ShouldBe(("Refused", "Contacted"));
        var listed = (await Get("order-statuses?state=Parked")).GetProperty("items").EnumerateArray().Single();
        (listed.Text("key"), listed.Text("cause")).ShouldBe((row.Key, Causes.NoTarget));
        (await Get($"trace/recalls/{row.OrderId}")).GetProperty("steps").EnumerateArray()
            .ShouldContain(step => step.Text("stage") == "WrittenBack" && step.Text("state") == "Parked");
        await hospital.Server.Until(_ => Task.FromResult(Gauge("artera.orderstatus.parked", "gone")), count => count == 1);
    }

    [Fact]
    public async Task Another_feed_of_the_EMR_says_it()
    {
        await Open(Listening);
        await Left("gone", "main");

        var row = (await Until(rows => rows is [{ State: WriteBackState.Done }])).Single();

        row.Feed.ShouldBe("main");
        File.Exists(Path.Combine(Drop, $"{row.Key}.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_said_first_when_a_feed_listens_again()
    {
        await Open(Listening);
        await Left("main", "main", WriteBackState.Parked, OrderStatus.Scheduled);

        var rows = await Until(rows => rows.Count == 2 && rows.TrueForAll(row => row.State == WriteBackState.Done));

        rows.ConvertAll(row => row.Status).ShouldBe([OrderStatus.Contacted, OrderStatus.Scheduled]);
        var files = rows.ConvertAll(row => new FileInfo(Path.Combine(Drop, $"{row.Key}.csv")).LastWriteTimeUtc);
        files[0].ShouldBeLessThanOrEqualTo(files[1]);
    }

    [Fact]
    public async Task A_person_may_say_that_the_EMR_need_not_hear_it()
    {
        await Open();
        await Left("gone", "gone");
        var row = (await Until(rows => rows is [{ State: WriteBackState.Parked }])).Single();

        (await Decide(row.Id, DecideWriteBack.Choice.SendAgain)).ShouldBe(DecideWriteBack.Outcome.Refused);
        (await Decide(row.Id, DecideWriteBack.Choice.Drop)).ShouldBe(DecideWriteBack.Outcome.Done);
        (await Decide(row.Id, DecideWriteBack.Choice.Drop)).ShouldBe(DecideWriteBack.Outcome.Refused);
        (await Decide(999, DecideWriteBack.Choice.Drop)).ShouldBe(DecideWriteBack.Outcome.NoSuchAnswer);

        (await Until(_ => true)).Single().ShouldSatisfyAllConditions(
            dropped => dropped.State.ShouldBe(WriteBackState.Dropped), dropped => dropped.Cause.ShouldBe(Causes.Dropped));
        (await hospital.All<AuditEntry>()).ShouldContain(entry => entry.Who == "ann" && entry.What == "dropped" && entry.PatientId != null);
    }

    [Fact]
    public async Task Looking_for_what_lost_its_feed_takes_an_index()
    {
        await Open();
        var plans = await QueryPlans.Of(hospital.Server.DatabaseFile, async () =>
        {
            await using var scope = hospital.Server.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
            await db.OrderStatusesWithoutFeed(["main"], hospital.Clock.Now()).ToListAsync();
            await db.OrderStatusesWithFeedAgain(["main"], ["main"]).ToListAsync();
            await db.OrderStatusQueuesNow(["main"], CancellationToken.None);
            await db.OrdersInTheEmr(OrderKind.Recall, [1, 2], CancellationToken.None);
        });

        plans.Count.ShouldBeGreaterThanOrEqualTo(4);
        QueryPlans.Scans(plans, []).ShouldBeEmpty();
    }

    private async Task Open(params KeyValuePair<string, string?>[] settings)
    {
        hospital = await Hospital.Open(now: "2026-09-11T15:00:00Z", settings: [.. settings, new("WriteBack:LookEvery", "00:00:00.050"), new("Outreach:LookEvery", "01:00:00")]);
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A28|A1|P|2.5.1
            PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102||SPA
            """);
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
    }

    /// <summary>As a server with other settings has left it.</summary>
    private async Task Left(string feed, string emr, WriteBackState state = WriteBackState.Pending, OrderStatus? later = null)
    {
        var recall = (await hospital.All<Recall>()).Single();
        var now = hospital.Clock.Now();
        var parked = Row(OrderStatus.Contacted);
        if (state == WriteBackState.Parked)
            parked.Settle(state, Causes.NoTarget, now);
        await hospital.Server.Write([parked, .. later is { } status ? new[] { Row(status) } : []]);
        hospital.Clock.Advance(TimeSpan.FromMinutes(1));

        PendingOrderStatus Row(OrderStatus said) => new()
        {
            Feed = feed,
            Emr = emr,
            Kind = OrderKind.Recall,
            OrderId = recall.Id,
            Status = said,
            CreatedAt = now,
            DueAt = now,
        };
    }

    private Task<List<PendingOrderStatus>> Until(Func<List<PendingOrderStatus>, bool> satisfied) => hospital.Server.Until(
        db => db.Set<PendingOrderStatus>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(), satisfied);

    private async Task<JsonElement> Get(string path)
    {
        using var api = new HttpClient { BaseAddress = new Uri(hospital.Server.Http, "/api/v1/") };
        return await api.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));
    }

    private Task<DecideWriteBack.Outcome> Decide(long id, DecideWriteBack.Choice choice) => hospital.Server.Send(new DecideOrderStatus(id, choice, "ann"));

    private double Gauge(string name, string feed)
    {
        var seen = 0.0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, hospital.Server.Services.GetRequiredService<IMeterFactory>())) listening.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (Equals(tag.Value, feed))
                    seen = value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
