using Artera.Integration.Data;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Benchmarks;

/// <summary>Due rows claimed again and again: what was claimed is out of the way for the next, as if it had been sent, and comes back at the end.</summary>
internal static class DueClaims
{
    private static readonly Duration Away = Duration.FromDays(3_650);
    private static readonly List<PlannedMessage> Claimed = [];
    private static readonly List<PlannedMessage> Gone = [];

    public static async Task Claim(IServiceProvider services, IntegrationDb db, Instant now)
    {
        var waiting = db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned && row.Module == TriggerModule.Appointment);
        Claimed.AddRange(await db.ClaimDue(waiting, now, 500, Duration.FromMinutes(2), services.GetRequiredService<WriteGate>(), CancellationToken.None));
    }

    public static async Task PutOff(IServiceProvider services)
    {
        await Due(services, Claimed, Away);
        Gone.AddRange(Claimed);
        Claimed.Clear();
    }

    public static async Task PutBack(IServiceProvider services)
    {
        await PutOff(services);
        await Due(services, Gone, Duration.Zero);
        Gone.Clear();
    }

    private static async Task Due(IServiceProvider services, List<PlannedMessage> rows, Duration later)
    {
        if (rows.Count == 0)
            return;
        using var turn = await services.GetRequiredService<WriteGate>().Enter(CancellationToken.None);
        var db = services.GetRequiredService<IntegrationDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var row in rows)
        {
            var due = row.DueAt + later;
            await db.Set<PlannedMessage>().Where(one => one.Id == row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.DueAt, due).SetProperty(one => one.Claim, (Guid?)null).SetProperty(one => one.ClaimedUntil, (Instant?)null));
        }

        await transaction.CommitAsync();
    }
}
