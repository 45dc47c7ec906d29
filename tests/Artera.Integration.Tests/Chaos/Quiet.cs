using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace Artera.Integration.Tests.Chaos;

/// <summary>When the storm is over and all that it held up has been done.</summary>
internal static class Quiet
{
    public static async Task Await(Cell cell, Carrier carrier, TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await carrier.Done();
            var open = await cell.Read(Open);
            if (open.Count == 0)
                return;
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(within, string.Join(", ", open));
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<List<string>> Open(IntegrationDb db)
    {
        var now = TimeProvider.System.GetUtcNow().ToInstant();
        List<(string What, int Count)> open =
        [
            ("messages", await db.Set<InboxMessage>().CountAsync(row => row.State == InboxState.Received || row.State == InboxState.Failed)),
            ("planned", await db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned && row.DueAt <= now)),
            ("texts", await db.Set<OutboundMessage>().CountAsync(row => row.State == OutboundState.Queued || row.State == OutboundState.Sending)),
            ("replies", await db.Set<InboundText>().CountAsync(row => !row.Understood)),
            ("write-backs", await db.Set<PendingWriteBack>().CountAsync(row => row.State == WriteBackState.Pending)),
        ];
        return [.. open.Where(entry => entry.Count > 0).Select(entry => $"{entry.What}: {entry.Count} open")];
    }
}
