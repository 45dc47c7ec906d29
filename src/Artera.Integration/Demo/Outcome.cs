using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Demo.Story;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Demo;

/// <summary>What the database says has come of the story.</summary>
internal static class Outcome
{
    public static async Task<Tally> Count(IntegrationDb db, Tally seen, CancellationToken cancellation)
    {
        var tally = new Tally();
        await Feed(db, tally, cancellation);
        tally.Add(Counts.Patients, await db.Set<Patient>().CountAsync(cancellation));
        tally.Add(Counts.Merges, await db.Set<PatientIdentifier>().CountAsync(cancellation) - tally[Counts.Patients]);
        tally.Add(Counts.Visits, await db.Set<Appointment>().CountAsync(cancellation));
        tally.Add(Counts.Waiting, await db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned, cancellation));
        await Texts(db, tally, cancellation);
        foreach (var meaning in await db.Set<InboundText>().GroupBy(text => text.Meaning).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellation))
            tally.Add(Counts.Answered(meaning.Key ?? "unread"), meaning.Count);
        tally.Add(Counts.NeedAction, await db.Set<PatientChannel>().CountAsync(channel => channel.NeedsAction, cancellation));
        tally.Add(Counts.Parked, await db.Set<PendingWriteBack>().CountAsync(row => row.State != WriteBackState.Done, cancellation));
        foreach (var name in seen.Names)
            tally.Add(name, seen[name]);
        return tally;
    }

    private static async Task Feed(IntegrationDb db, Tally tally, CancellationToken cancellation)
    {
        tally.Add(Counts.Received, await db.Set<InboxMessage>().CountAsync(cancellation));
        tally.Add(Counts.Resent, await db.Set<InboxMessage>().SumAsync(message => message.Resends, cancellation));
        var fhir = db.Set<InboxMessage>().Where(message => message.Feed == DemoServer.Hilltop);
        tally.Add(Counts.FhirHandshakes, await fhir.CountAsync(message => message.Event == FhirRows.Handshake, cancellation));
        tally.Add(Counts.FhirHeartbeats, await fhir.CountAsync(message => message.Event == FhirRows.Heartbeat, cancellation));
        tally.Add(Counts.FhirNotifications, await fhir.CountAsync(message => message.Event == FhirRows.Event, cancellation));
        tally.Add(Counts.FhirVersions, await fhir.CountAsync(message => message.Event.StartsWith("Appointment/"), cancellation));
        foreach (var fate in await db.Set<InboxMessage>().GroupBy(message => message.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellation))
            tally.Add(Counts.Of(fate.Key), fate.Count);
    }

    /// <summary>What arrived on the phone, by the trigger that sent it.</summary>
    private static async Task Texts(IntegrationDb db, Tally tally, CancellationToken cancellation)
    {
        var sent = await (
            from planned in db.Set<PlannedMessage>()
            where planned.State == PlanState.Sent
            join message in db.Set<OutboundMessage>() on planned.OutboundMessageId equals message.Id
            where message.State == OutboundState.Sent
            join trigger in db.Set<Trigger>() on planned.TriggerId equals trigger.Id
            group planned by trigger.Name into byTrigger
            select new { byTrigger.Key, Count = byTrigger.Count() }).ToListAsync(cancellation);
        foreach (var trigger in sent)
            tally.Add(Counts.Sent(trigger.Key), trigger.Count);
        var onThePhone = await db.Set<SandboxText>().CountAsync(cancellation);
        tally.Add(Counts.WhoIsThis, onThePhone - sent.Sum(trigger => trigger.Count));
    }
}
