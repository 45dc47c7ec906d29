using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound.Extracts;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Orders;

public sealed class When_orders_come_as_an_extract : IAsyncLifetime
{
    private Rooms rooms = null!;

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.Open();
        var system = new HealthSystem { Name = "Test Health" };
        await rooms.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "North", TimeZone = "America/New_York" };
        await rooms.Write(practice);
        await rooms.Write(new Line { PracticeId = practice.Id, Number = "+12025550190", Name = "Desk" });
        await rooms.Write(new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "L1", Name = "Hall", PracticeId = practice.Id });
        await rooms.Write([.. StartingTriggers.Entries.Select(entry => entry.ToTrigger(system.Id, practiceId: null))]);
    }

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task Each_line_adds_or_changes_one_and_bad_ones_stop_nothing()
    {
        var report = await Read(OrderKind.Recall, "ID,Patient,Due,Type,Location,Given,Cell,Status,Shoe size\r\nR1,P1,2027-03-01,MAMMO,L1,ANA,202-555-0101,active,38\r\n,P2,2027-03-01,MAMMO,L1,,,,\r\nR3,P3,next year,MAMMO,L1,,,,\r\n\"R4\",P4,2027-03-01,MAMMO,NOWHERE,,,,\r\nR5,P5,,MAMMO,L1,,,maybe,\r\nR6,P6,2027-04-01,MAMMO,L1,BEN,2025550106,,\r\n");

        (report.Rows, report.Applied, report.Stale, report.Bad).ShouldBe((6, 2, 0, 4));
        report.Problems.OrderBy(problem => problem.Line).Select(problem => $"{problem.Line} {problem.Problem}").ShouldBe(["3 missing id", "4 no-date due", "5 unmapped location", "6 unknown-status status"]);
        report.NotRead.ShouldBe(["Shoe size"]);
        var recalls = await rooms.Read(db => db.Set<Recall>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());
        recalls.Select(row => (row.ExternalId, row.DueOn, row.TypeCode)).ShouldBe([("R1", new(2027, 3, 1), "MAMMO"), ("R6", new(2027, 4, 1), "MAMMO")]);
        (await rooms.Read(db => db.Set<PlannedMessage>().CountAsync(row => row.Module == TriggerModule.Recall && row.State == PlanState.Planned))).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task The_same_again_adds_nothing_and_an_older_one_is_stale()
    {
        const string one = "id;patient;type;location;status;changed\nR1;P1;MAMMO;L1;active;2026-10-20T08:00:00\n";
        await Read(OrderKind.Recall, one);
        (await Read(OrderKind.Recall, one)).Applied.ShouldBe(1);
        (await Read(OrderKind.Recall, one.Replace("active", "completed", StringComparison.Ordinal).Replace("10-20", "10-21", StringComparison.Ordinal))).Applied.ShouldBe(1);
        (await Read(OrderKind.Recall, one)).Stale.ShouldBe(1);

        var recall = await rooms.Read(db => db.Set<Recall>().AsNoTracking().SingleAsync());
        recall.Status.ShouldBe(RecallStatus.Completed);
        (await rooms.Read(db => db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned))).ShouldBe(0);
    }

    [Fact]
    public async Task Referrals_come_with_their_statuses()
    {
        await Read(OrderKind.Referral, "id,patient,type,location,scheduling_status,authorization status,expires\nF1,P1,DERM,L1,pending,approved,2027-01-31\n");
        await Read(OrderKind.Referral, "id,patient,location,scheduling-status\nF1,P1,L1,scheduled\n");

        var referral = await rooms.Read(db => db.Set<Referral>().AsNoTracking().SingleAsync());
        (referral.Scheduling, referral.AuthorizationStatus, referral.ExpiresOn, referral.IsOpen).ShouldBe(("scheduled", "approved", new NodaTime.LocalDate(2027, 1, 31), false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("R1,P1\n")]
    public async Task Without_a_header_nothing_is_read(string csv)
    {
        var (report, problem) = await Extract(OrderKind.Recall, csv);
        report.ShouldBeNull();
        problem.ShouldNotBeNull();
    }

    private async Task<OrderReport> Read(OrderKind kind, string csv) => (await Extract(kind, csv)).Report.ShouldNotBeNull();

    private async Task<(OrderReport? Report, string? Problem)> Extract(OrderKind kind, string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return await rooms.Services.GetRequiredService<OrderExtract>().Read(rooms.Services.GetRequiredService<FeedBook>().All[0], kind, stream, CancellationToken.None);
    }
}
