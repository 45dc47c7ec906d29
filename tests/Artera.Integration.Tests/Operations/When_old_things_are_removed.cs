using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Operations.Retention;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Operations;

public sealed partial class When_old_things_are_removed : IAsyncDisposable
{
    private const int Old = 900;
    private const int Middling = 200;
    private const int Young = 10;

    private Rooms rooms = null!;
    private Line line = null!;
    private Patient patient = null!;
    private int count;

    private Instant Now => rooms.Clock.Now();

    public async ValueTask DisposeAsync()
    {
        if (rooms is not null)
            await rooms.DisposeAsync();
    }

    [Theory]
    [OnEveryDatabase]
    public async Task A_settled_message_loses_its_bytes_and_later_its_row(DatabaseProvider on)
    {
        await Open(on);
        await rooms.Write(Message("old", Old), Message("middling", Middling), Message("young", Young), Message("refused", Middling, InboxState.Rejected));

        await Sweep();

        (await Messages()).ShouldBe([("middling", false), ("refused", false), ("young", true)], ignoreOrder: true);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task The_newest_message_stays_and_no_number_is_given_twice(DatabaseProvider on)
    {
        await Open(on);
        await rooms.Write(Message("older", Old), Message("newest", Old));

        await Sweep();

        (await Messages()).ShouldBe([("newest", false)]);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task What_waits_stays_as_it_is(DatabaseProvider on)
    {
        await Open(on, ("Retention:ConversationsDays", "30"));
        var visit = await Visit("ahead", Duration.FromDays(5));
        var last = Message("last", Old, about: visit);
        var owed = Message("owed", Old);
        await rooms.Write(
            last, owed, Message("received", Old, InboxState.Received), Message("held", Old, InboxState.Held), Message("unmapped", Old, InboxState.Unmapped),
            Message("failed", Old, InboxState.Failed, message => message.RetryAt = Now), Message("decided late", Old, with: message => message.SettledAt = Now));
        await rooms.Write(new ApplicationAck { Feed = "main", InboxMessageId = owed.Id, Code = AckCode.AA, ControlId = "AP1", Message = [1], CreatedAt = Now, DueAt = Now });
        await rooms.Read(db => db.Set<Appointment>().ExecuteUpdateAsync(set => set.SetProperty(row => row.InboxMessageId, last.Id)));
        var channel = await Channel(open: true);
        var trigger = await Rule();
        await rooms.Write(
            Text(Old, OutboundState.Queued), Answer(Old, understood: false), Line(channel, Old), WriteBack(visit, Old, WriteBackState.Parked),
            Decision(trigger, visit, Old, PlanState.NotSent), Decision(trigger, await Visit("over", -Duration.FromDays(800)), Old, PlanState.Planned));

        await Sweep();

        (await Messages()).ShouldBe(
            [("last", true), ("owed", true), ("received", true), ("held", true), ("unmapped", true), ("failed", true), ("decided late", true)], ignoreOrder: true);
        (await Counts()).ShouldBe((1, 1, 1, 1, 2));
    }

    [Theory]
    [OnEveryDatabase]
    public async Task The_list_of_a_campaign_goes_when_the_campaign_ended_long_ago(DatabaseProvider on)
    {
        await Open(on, ("Retention:BatchSize", "2"));
        await Campaign(CampaignState.Finished, Old, patients: 5);
        var kept = new List<long>
        {
            (await Campaign(CampaignState.Draft, 0, patients: 1)).Id, (await Campaign(CampaignState.Running, 0, patients: 1)).Id,
            (await Campaign(CampaignState.Paused, 0, patients: 1)).Id, (await Campaign(CampaignState.Stopped, Young, patients: 1)).Id,
        };
        await Campaign(CampaignState.Stopped, Middling, patients: 3);

        await Sweep();

        (await rooms.Read(db => db.Set<ListedPatient>().Select(row => row.CampaignId).OrderBy(id => id).ToListAsync())).ShouldBe(kept);
        (await rooms.Read(db => db.Set<Campaign>().CountAsync())).ShouldBe(6);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task That_a_patient_was_contacted_stays_known_while_the_recall_is_active(DatabaseProvider on)
    {
        await Open(on);
        var (active, over) = (Recall(RecallStatus.Active), Recall(RecallStatus.Completed));
        await rooms.Write(active, over);
        await rooms.Write(Contacted(active), Contacted(over));

        await Sweep();

        (await rooms.Read(db => db.Set<PendingOrderStatus>().Select(row => row.OrderId).ToListAsync())).ShouldBe([active.Id]);

        Recall Recall(RecallStatus status) => new()
        {
            Emr = "main",
            ExternalId = $"R{++count}",
            Feed = "main",
            PatientId = patient.Id,
            Status = status,
            CreatedAt = Ago(Old),
        };
        PendingOrderStatus Contacted(Recall recall) => new()
        {
            Feed = "main",
            Emr = "main",
            Kind = OrderKind.Recall,
            OrderId = recall.Id,
            Status = Artera.Integration.WriteBack.OrderStatus.Contacted,
            Once = Artera.Integration.WriteBack.OrderStatus.Contacted,
            CreatedAt = Ago(Old),
            State = WriteBackState.Done,
            SettledAt = Ago(Old),
        };
    }

    [Theory]
    [OnEveryDatabase]
    public async Task What_is_over_goes(DatabaseProvider on)
    {
        await Open(on, ("Retention:ConversationsDays", "30"), ("Retention:UndecidedMessagesDays", "400"));
        var visit = await Visit("over", -Duration.FromDays(800));
        var channel = await Channel(open: false);
        var (gone, kept) = (Text(Old, OutboundState.Sent), Text(Young, OutboundState.Failed));
        await rooms.Write(gone, kept, Answer(Old), Answer(Young), Line(channel, Middling), Line(channel, Young), Message("held", Old, InboxState.Held), Message("waits", Middling, InboxState.Held));
        var trigger = await Rule();
        await rooms.Write(
            new Attempt { OutboundMessageId = gone.Id, Number = 1, StartedAt = Now },
            new OpenQuestion { LineId = line.Id, Number = "+12125550101", PatientId = patient.Id, AppointmentId = visit.Id, OutboundMessageId = gone.Id, AskedAt = Ago(Old), ClosesAt = Ago(800) },
            WriteBack(visit, Old, WriteBackState.Done), WriteBack(visit, Young, WriteBackState.Done),
            OrderStatus(Old, WriteBackState.Done), OrderStatus(Old, WriteBackState.Pending), OrderStatus(Young, WriteBackState.Done),
            Decision(trigger, visit, Old, PlanState.Sent), new AuditEntry { At = Ago(Old), Who = "test", What = "read" });

        await Sweep();

        (await Counts()).ShouldBe((1, 1, 1, 1, 0));
        (await rooms.Read(db => db.Set<Attempt>().CountAsync())).ShouldBe(0);
        (await rooms.Read(db => db.Set<PendingOrderStatus>().CountAsync())).ShouldBe(2);
        (await rooms.Read(db => db.Set<OpenQuestion>().CountAsync())).ShouldBe(0);
        (await rooms.Read(db => db.Set<AuditEntry>().CountAsync())).ShouldBe(1);
        (await Messages()).ShouldBe([("waits", true)]);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task A_decision_about_a_campaign_stays_until_the_campaign_is_over_and_one_about_an_answer_goes(DatabaseProvider on)
    {
        await Open(on);
        var visit = await Visit("over", -Duration.FromDays(800));
        var (trigger, rule) = (await Rule(), await Rule("Flu"));
        var campaign = new Campaign { TriggerId = trigger.Id, PracticeId = line.PracticeId, Name = "Flu", CreatedAt = Ago(Old), DueAt = Ago(Old), State = CampaignState.Paused };
        await rooms.Write(campaign);
        var (told, heard) = (Decision(trigger, visit, Old, PlanState.Sent), Decision(rule, visit, Old, PlanState.NotSent));
        (told.Module, heard.Module) = (TriggerModule.Campaign, TriggerModule.InboundMessage);
        await rooms.Write(told, heard);

        await Sweep();
        (await rooms.Read(db => db.Set<PlannedMessage>().SingleAsync())).Module.ShouldBe(TriggerModule.Campaign);

        await rooms.Read(db => db.Set<Campaign>().ExecuteUpdateAsync(set => set.SetProperty(row => row.State, CampaignState.Finished)));
        rooms.Clock.Advance(TimeSpan.FromDays(30));
        await Sweep();
        (await Counts()).Decisions.ShouldBe(0);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task It_goes_on_where_it_was_and_comes_back_to_what_waited(DatabaseProvider on)
    {
        await Open(on, ("Retention:BatchSize", "10"));
        var held = Message("held", Old, InboxState.Held);
        await rooms.Write([held, .. Enumerable.Range(0, 35).Select(number => Message($"old {number}", Old)), Message("young", Young)]);
        await Sweep();
        (await Messages()).Count.ShouldBe(2);
        (await rooms.Read(db => db.Set<RetentionMark>().Where(mark => mark.Sweep == "messages").Select(mark => mark.UpTo).SingleAsync())).ShouldBe(held.Id + 35);

        await rooms.Read(db => db.Set<InboxMessage>().Where(row => row.Id == held.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, InboxState.Ignored).SetProperty(row => row.SettledAt, Ago(800))));
        await Sweep();
        (await Messages()).Count.ShouldBe(2);
        rooms.Clock.Advance(TimeSpan.FromDays(30));
        await Sweep();
        (await Messages()).ShouldHaveSingleItem().Name.ShouldBe("young");
    }

    [Theory]
    [OnEveryDatabase]
    public async Task A_server_does_it_by_itself(DatabaseProvider on)
    {
        await using var server = await TestServer.StartOn(on, settings: [new("Retention:LookEvery", "00:00:01"), new("Inbound:Apply", "false")]);
        var longAgo = TimeProvider.System.Now() - Duration.FromDays(Old);
        foreach (var id in new[] { "1", "2" })
            await server.Write(new InboxMessage { Feed = "main", ReceivedAt = longAgo, SettledAt = longAgo, Raw = [1], ControlId = id, BodyHash = 1, Event = "", State = InboxState.Applied, AckCode = "AA" });
        await server.Until(db => db.Set<InboxMessage>().CountAsync(), count => count == 1);
    }

    [Fact]
    public async Task An_index_leads_to_it()
    {
        await Open(DatabaseProvider.Sqlite, ("Retention:ConversationsDays", "30"), ("Retention:UndecidedMessagesDays", "400"), ("Retention:AuditDays", "400"));
        var visit = await Visit("over", -Duration.FromDays(800));
        await rooms.Write(Message("old", Old, about: visit), Message("newest", Old), Text(Old, OutboundState.Sent), Answer(Old), Line(await Channel(open: false), Old), WriteBack(visit, Old, WriteBackState.Done));
        await rooms.Write(Decision(await Rule(), visit, Old, PlanState.Sent));
        var plans = await QueryPlans.Of(rooms.DatabaseFile, Sweep);
        plans.Count.ShouldBeGreaterThan(20);
        QueryPlans.Scans(plans).Where(scan => !scan.Contains("json_each", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private Instant Ago(int days) => Now - Duration.FromDays(days);

    private async Task Open(DatabaseProvider on, params (string Key, string Value)[] settings)
    {
        rooms = await Rooms.OpenOn(on, settings: [new("Feeds:0:Name", "main"), new("Retention:Pause", "00:00:00"), .. settings.Select(one => new KeyValuePair<string, string?>(one.Key, one.Value))]);
        var system = new HealthSystem { Name = "Test Health" };
        await rooms.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await rooms.Write(practice);
        line = new Line { PracticeId = practice.Id, Number = "+12125550100", Name = "Front desk" };
        patient = new Patient { Emr = "main", ExternalId = "P1" };
        await rooms.Write(line, patient);
        await rooms.Write(new PatientIdentifier { Emr = "main", ExternalId = "P1", PatientId = patient.Id });
    }

    private Task Sweep() => ActivatorUtilities.CreateInstance<RetentionJob>(rooms.Services).Execute(null!, CancellationToken.None).AsTask();
}
