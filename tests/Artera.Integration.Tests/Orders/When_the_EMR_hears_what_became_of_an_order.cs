using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Orders;

public sealed class When_the_EMR_hears_what_became_of_an_order : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private Hospital hospital = null!;
    private string Drop => folder.File("status");

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open(now: "2026-09-11T15:00:00Z", settings: [new("Feeds:0:OrderStatus:Folder", Drop), new("WriteBack:LookEvery", "00:00:00.050")]);
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A28|A1|P|2.5.1
            PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102||SPA
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await hospital.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_recall_is_contacted_scheduled_and_opened_again_in_this_order()
    {
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        await Told(1);
        await hospital.Says(Said.Visit("2", "20260911101000", "S12", "V1", "COLO60"));
        await Told(2);
        await hospital.Says(Said.Visit("3", "20260911102000", "S15", "V1", "COLO60"));

        var told = await Told(3);

        told.ConvertAll(row => row.Status).ShouldBe([OrderStatus.Contacted, OrderStatus.Scheduled, OrderStatus.Reopened]);
        var lines = told.ConvertAll(row => File.ReadAllLines(Path.Combine(Drop, $"{row.Key}.csv")));
        lines.ShouldAllBe(file => file.Length == 2 && file[0] == "key,said-at,kind,order,patient,status,appointment,start");
        lines[0][1].ShouldBe($"{told[0].Key},2026-09-11T10:00:00-05:00,Recall,R8801,100231,Contacted,,");
        lines[1][1].ShouldStartWith($"{told[1].Key},2026-09-11T10:00:00-05:00,Recall,R8801,100231,Scheduled,V1,2");
        lines[2][1].ShouldEndWith(",Recall,R8801,100231,Reopened,,");
        Directory.GetFiles(Drop).Length.ShouldBe(3);
    }

    [Fact]
    public async Task What_the_EMR_said_itself_is_not_told_back_to_it()
    {
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        await Told(1);
        await hospital.Says(Said.Order("2", "20260911101000", "CA"));
        await hospital.Says(Said.Order("3", "20260911102000", "SC", status: "CM"));

        (await hospital.All<PendingOrderStatus>()).ShouldHaveSingleItem().Status.ShouldBe(OrderStatus.Contacted);
    }

    [Fact]
    public async Task A_referral_is_told_as_well()
    {
        await hospital.Says(Said.Referral("1", "20260911100000", "I12"));

        var row = (await Told(1)).ShouldHaveSingleItem();

        (row.Kind, row.Status).ShouldBe((OrderKind.Referral, OrderStatus.Contacted));
        (await File.ReadAllTextAsync(Path.Combine(Drop, $"{row.Key}.csv"))).ShouldContain(",Referral,");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_the_status_until_it_can()
    {
        await File.WriteAllTextAsync(Drop, "in the way");
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        var kept = await hospital.Server.Until(db => Rows(db), rows => rows.Exists(row => row.Attempts > 0));
        (kept[0].State, kept[0].Cause).ShouldBe((WriteBackState.Pending, nameof(IOException)));

        File.Delete(Drop);
        hospital.Clock.Advance(TimeSpan.FromMinutes(5));

        await Told(1);
        Directory.GetFiles(Drop).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Looking_for_what_waits_takes_an_index()
    {
        var plans = await QueryPlans.Of(hospital.Server.DatabaseFile, async () =>
        {
            await using var scope = hospital.Server.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
            await db.ClaimDue(db.WaitingOrderStatuses(["main"]), hospital.Clock.Now(), 50, Duration.FromMinutes(1), scope.ServiceProvider.GetRequiredService<WriteGate>(), CancellationToken.None);
        });

        plans.ShouldNotBeEmpty();
        plans.Where(plan => plan.Step.StartsWith("SCAN ", StringComparison.Ordinal) && plan.Step != "SCAN CONSTANT ROW").ShouldBeEmpty();
    }

    private static Task<List<PendingOrderStatus>> Rows(IntegrationDb db) =>
        db.Set<PendingOrderStatus>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();

    private Task<List<PendingOrderStatus>> Told(int count) => hospital.Server.Until(
        db => Rows(db), rows => rows.Count == count && rows.TrueForAll(row => row.State == WriteBackState.Done));
}
