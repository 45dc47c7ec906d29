using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Orders;

/// <summary>Two messages about one recall leave in the same moment: the EMR hears once that the patient was contacted, and both are sent.</summary>
public sealed class When_two_nodes_contact_at_once : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly HeldUp heldUp = new();
    private Hospital hospital = null!;

    public async ValueTask DisposeAsync()
    {
        if (hospital is not null)
            await hospital.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_second_to_commit_is_turned_away_and_done_over()
    {
        var messages = await TwoMessages(DatabaseProvider.PostgreSql);

        heldUp.Next("""INSERT INTO "PendingOrderStatus" """);
        var held = hospital.Server.Send(messages[0]);
        await heldUp.Reached;
        await OtherNodeSays();
        heldUp.Release();

        (await held).ShouldBe(PlanState.Sent);
        (await hospital.All<PendingOrderStatus>()).ShouldHaveSingleItem().Status.ShouldBe(OrderStatus.Contacted);
        (await hospital.All<OutboundMessage>()).ShouldHaveSingleItem();
    }

    [Theory]
    [OnEveryDatabase]
    public async Task Both_at_once_are_sent_and_said_once(DatabaseProvider on)
    {
        var messages = await TwoMessages(on);

        var became = await Task.WhenAll(messages.Select(message => Task.Run(() => hospital.Server.Send(message))));

        became.ShouldBe([PlanState.Sent, PlanState.Sent]);
        await SaidOnce();
    }

    /// <summary>Two rules speak of the recall now, and each message is claimed by a worker.</summary>
    private async Task<SendPlannedMessage[]> TwoMessages(DatabaseProvider on)
    {
        hospital = await Hospital.OpenOn(
            on, services => services.ConfigureDatabase(options => options.AddInterceptors(heldUp)), "mappings/generic", "2026-09-11T15:00:00Z",
            new("Feeds:0:OrderStatus:Folder", folder.File("status")), new("Outreach:LookEvery", "01:00:00"));
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A28|A1|P|2.5.1
            PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102||SPA
            """);
        await hospital.Read(async db =>
        {
            using var rules = new StringReader("""
                name: Test Health
                triggers:
                  - { name: Recall too, module: recall, send: 0 minutes after created, sms: { en: "Call us, please." } }
                """);
            return await SetUpEnterprise.Run(db, EnterpriseFile.Read(rules, "rules.yaml"), CancellationToken.None);
        });
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        var claims = new Dictionary<long, Guid>();
        await hospital.Read(async db =>
        {
            foreach (var row in await db.Set<PlannedMessage>().OrderBy(row => row.DueAt).Take(2).ToListAsync())
                row.Claim = claims[row.Id] = Guid.CreateVersion7();

            return await db.SaveChangesAsync();
        });
        return [.. claims.Select(claim => new SendPlannedMessage(claim.Key, claim.Value))];
    }

    /// <summary>It has contacted the patient too, by another line and another medium: nothing else than the status is in its way.</summary>
    private async Task OtherNodeSays()
    {
        var recall = (await hospital.All<Recall>()).Single();
        await using var scope = hospital.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPublisher>().Publish(new RecallContacted(recall.Id));
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().SaveChangesAsync();
    }

    private async Task SaidOnce()
    {
        (await hospital.All<PendingOrderStatus>()).ShouldHaveSingleItem().Status.ShouldBe(OrderStatus.Contacted);
        (await hospital.All<OutboundMessage>()).Count.ShouldBe(2);
    }
}
