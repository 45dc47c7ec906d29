using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Operations;

/// <summary>One row of each kind, as old as it is to be.</summary>
public sealed partial class When_old_things_are_removed
{
    private InboxMessage Message(string name, int days, InboxState state = InboxState.Applied, Action<InboxMessage>? with = null, Appointment? about = null)
    {
        var message = new InboxMessage
        {
            Feed = "main",
            ReceivedAt = Ago(days),
            Raw = [1, 2, 3],
            ControlId = name,
            BodyHash = ++count,
            Event = "SIU^S12",
            PatientKey = "P1",
            AppointmentKey = about?.ExternalId,
            State = state,
            SettledAt = state is InboxState.Received ? null : Ago(days),
            AckCode = "AA",
        };
        with?.Invoke(message);
        return message;
    }

    private async Task<Appointment> Visit(string id, Duration ahead)
    {
        var visit = new Appointment { Emr = "main", ExternalId = id, Feed = "main", PatientId = patient.Id, StartsAt = Now + ahead, BookedAt = Ago(Old) };
        await rooms.Write(visit);
        return visit;
    }

    private async Task<PatientChannel> Channel(bool open)
    {
        var channel = new PatientChannel { LineId = line.Id, PracticeId = line.PracticeId, PatientId = patient.Id, Address = "+12125550101", IsOpen = open, LastLineAt = Now };
        await rooms.Write(channel);
        return channel;
    }

    private async Task<Trigger> Rule(string name = "Booked")
    {
        var trigger = new Trigger { HealthSystemId = await rooms.Read(db => db.Set<HealthSystem>().Select(row => row.Id).SingleAsync()), Name = name, Timing = new Timing { Anchor = Anchor.Booked } };
        await rooms.Write(trigger);
        return trigger;
    }

    private OutboundMessage Text(int days, OutboundState state) => new()
    {
        Medium = Medium.Sms,
        LineId = line.Id,
        From = line.Number,
        To = "+12125550101",
        Body = "Hello",
        Priority = Priority.Reminder,
        CreatedAt = Ago(days),
        DueAt = Ago(days),
        State = state,
        ProviderId = $"SM{++count}",
    };

    private InboundText Answer(int days, bool understood = true) => new()
    {
        ProviderId = $"SM{++count}",
        From = "+12125550101",
        To = line.Number,
        Body = "Hello",
        ReceivedAt = Ago(days),
        DueAt = Ago(days),
        Understood = understood,
    };

    private ChannelLine Line(PatientChannel channel, int days) => new() { ChannelId = channel.Id, Kind = LineKind.Event, At = Ago(days), Body = "Something" };

    private PendingWriteBack WriteBack(Appointment visit, int days, WriteBackState state) => new()
    {
        Feed = "main",
        AppointmentId = visit.Id,
        Status = PatientStatus.Confirmed,
        By = "patient",
        CreatedAt = Ago(days),
        DueAt = Ago(days),
        StartsAt = visit.StartsAt,
        State = state,
        SettledAt = Ago(days),
    };

    private PendingOrderStatus OrderStatus(int days, WriteBackState state) => new()
    {
        Feed = "main",
        Emr = "main",
        Kind = OrderKind.Recall,
        OrderId = ++count,
        Status = Artera.Integration.WriteBack.OrderStatus.Contacted,
        CreatedAt = Ago(days),
        DueAt = Ago(days),
        State = state,
        SettledAt = Ago(days),
    };

    private async Task<Campaign> Campaign(CampaignState state, int endedDaysAgo, int patients)
    {
        var campaign = new Campaign
        {
            TriggerId = (await Rule($"Campaign {++count}")).Id,
            PracticeId = line.PracticeId,
            Name = "Flu",
            State = state,
            CreatedAt = Ago(Old),
            DueAt = Ago(Old),
            FinishedAt = state is CampaignState.Finished or CampaignState.Stopped ? Ago(endedDaysAgo) : null,
        };
        await rooms.Write(campaign);
        await rooms.Write([.. Enumerable.Range(1, patients).Select(row => new ListedPatient { CampaignId = campaign.Id, Row = row, ExternalId = $"P{row}", PatientId = patient.Id })]);
        return campaign;
    }

    private PlannedMessage Decision(Trigger trigger, Appointment visit, int days, PlanState state) => new()
    {
        TriggerId = trigger.Id,
        PatientId = patient.Id,
        Module = TriggerModule.Appointment,
        SubjectId = visit.Id,
        Anchor = Ago(days),
        State = state,
        DecidedAt = Ago(days),
        DueAt = Ago(days),
    };

    private Task<List<(string Name, bool HasBytes)>> Messages() => rooms.Read(async db =>
        (await db.Set<InboxMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync()).ConvertAll(row => (row.ControlId, row.Raw.Length > 0)));

    private Task<(int Texts, int Answers, int Lines, int WriteBacks, int Decisions)> Counts() => rooms.Read(async db => (
        await db.Set<OutboundMessage>().CountAsync(), await db.Set<InboundText>().CountAsync(), await db.Set<ChannelLine>().CountAsync(),
        await db.Set<PendingWriteBack>().CountAsync(), await db.Set<PlannedMessage>().CountAsync()));
}
