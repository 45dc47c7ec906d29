using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Outreach;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Demo;

/// <summary>When nothing is left to do at this moment of the story.</summary>
internal static class Stillness
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <exception cref="TimeoutException">Work was still going on after two minutes: something is stuck.</exception>
    public static async Task Await(DemoServer server, Instant now, CancellationToken cancellation)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        // Work goes from what is asked first to what is asked last, and back to the
        // beginning when an EMR tells of what it was told: one look may just miss it, two do not.
        for (var still = 0; still < 2;)
        {
            if (await server.Read(db => Busy(db, now, cancellation)) is not { } busy)
            {
                still++;
                continue;
            }

            still = 0;
            if (patience.Elapsed > Patience)
                throw new TimeoutException($"the demo is stuck: {busy} are left");
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Work that waits only for a moment to pass: a visit is read before its reminder goes.</summary>
    public static Task<bool> IsSoon(DemoServer server, Instant now, CancellationToken cancellation)
    {
        var soon = now + Duration.FromSeconds(10);
        return server.Read(db => db.Set<PlannedMessage>().AnyAsync(row => row.State == PlanState.Planned && row.DueAt > now && row.DueAt <= soon, cancellation));
    }

    private static async Task<string?> Busy(IntegrationDb db, Instant now, CancellationToken cancellation)
    {
        if (await db.Set<InboxMessage>().AnyAsync(row => row.State == InboxState.Waiting && (row.RetryAt == null || row.RetryAt <= now), cancellation))
            return "notifications to look up";
        if (await db.Set<FhirPoll>().AnyAsync(row => row.DueAt <= now, cancellation))
            return "polls to run";
        if (await db.Set<FhirRead>().AnyAsync(row => row.AnsweredAt == null && row.DueAt <= now && row.GiveUpAt > now, cancellation))
            return "visits to read before a reminder";
        if (await db.Set<InboxMessage>().AnyAsync(row => row.State == InboxState.Received, cancellation))
            return "messages to apply";
        if (await db.Set<PlannedMessage>().AnyAsync(row => row.State == PlanState.Planned && row.DueAt <= now, cancellation))
            return "planned texts that are due";
        if (await db.Set<OutboundMessage>().AnyAsync(
            row => (row.State == OutboundState.Queued || row.State == OutboundState.Sending) && row.DueAt <= now, cancellation))
            return "texts to send";
        if (await db.Set<InboundText>().AnyAsync(row => !row.Understood && row.DueAt <= now, cancellation))
            return "answers to read";
        return await db.Set<PendingWriteBack>().AnyAsync(row => row.State == WriteBackState.Pending && row.DueAt <= now, cancellation)
            ? "write-backs to send"
            : null;
    }
}
