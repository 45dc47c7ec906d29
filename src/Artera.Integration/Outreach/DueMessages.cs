using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Claims the due rows of one module and has each sent in a transaction of its own.</summary>
internal sealed partial class DueMessages(
    IServiceScopeFactory scopes,
    WriteGate gate,
    IOptions<OutreachOptions> options,
    TimeProvider time,
    ILogger<DueMessages> log)
{
    /// <returns>How many rows were looked at.</returns>
    public async Task<int> Send(TriggerModule module, CancellationToken cancellation)
    {
        var looked = 0;
        List<PlannedMessage> claimed;
        do
        {
            claimed = await Claim(module, cancellation);
            foreach (var row in claimed)
                await Send(row, cancellation);
            looked += claimed.Count;
        }
        while (claimed.Count == options.Value.ClaimSize);

        return looked;
    }

    private async Task<List<PlannedMessage>> Claim(TriggerModule module, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        return await db.ClaimDue(
            db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned && row.Module == module),
            time.Now(), options.Value.ClaimSize, Duration.FromTimeSpan(options.Value.Lease), gate, cancellation);
    }

    /// <summary>Has one claimed row sent.</summary>
    public async Task Send(PlannedMessage row, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new SendPlannedMessage(row.Id, row.Claim!.Value), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            Lost(log, row.Id);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            BrokeOff(log, row.Id, row.Attempts + 1, trouble);
            await PutOff(row, cancellation);
        }
    }

    private async Task PutOff(PlannedMessage row, CancellationToken cancellation)
    {
        var next = RetryPolicy.After(Failure.Transient, row.Attempts + 1);
        var state = next.Again ? PlanState.Planned : PlanState.NotSent;
        var (due, reason) = (time.Now() + next.Pause, next.Again ? row.Reason : Reasons.Failed);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        using var turn = await gate.Enter(cancellation);
        await db.Set<PlannedMessage>().Where(planned => planned.Id == row.Id && planned.Claim == row.Claim).ExecuteUpdateAsync(
            set => set
                .SetProperty(planned => planned.Attempts, row.Attempts + 1)
                .SetProperty(planned => planned.State, state)
                .SetProperty(planned => planned.Reason, reason)
                .SetProperty(planned => planned.DueAt, due)
                .SetProperty(planned => planned.Claim, (Guid?)null)
                .SetProperty(planned => planned.ClaimedUntil, (Instant?)null),
            cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Planned message {Id} changed while it was being sent; it is decided again")]
    private static partial void Lost(ILogger log, long id);

    [LoggerMessage(LogLevel.Error, "Planned message {Id} could not be sent, attempt {Attempt}; it is tried again")]
    private static partial void BrokeOff(ILogger log, long id, int attempt, Exception trouble);
}
