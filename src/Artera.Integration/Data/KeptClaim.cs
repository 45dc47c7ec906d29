using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Data;

/// <summary>
/// Renews the claim on a row for as long as somebody works on it. So a claim can be short, and others need not wait long for
/// one whose holder has died, although the work may take long. Who cannot renew it must stop before it lapses.
/// </summary>
internal sealed class KeptClaim<T> : IAsyncDisposable
    where T : DueRow
{
    private readonly IServiceScopeFactory scopes;
    private readonly T row;
    private readonly TimeSpan lease;
    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenSource stop;
    private readonly bool others;
    private readonly Task renewing;
    private long renewed = Stopwatch.GetTimestamp();

    /// <param name="scopes">Where to renew it from.</param>
    /// <param name="gate">Where this process is the only one that writes, nobody else can take the row.</param>
    /// <param name="claimed">The row as it was claimed a moment ago.</param>
    /// <param name="lease">How long each renewal holds; what the row was claimed for.</param>
    /// <param name="cancellation">What stops the work anyway.</param>
    public KeptClaim(IServiceScopeFactory scopes, WriteGate gate, T claimed, TimeSpan lease, CancellationToken cancellation)
    {
        (this.scopes, row, this.lease, others) = (scopes, claimed, lease, gate.LetsOthersWrite);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        renewing = others ? Task.Run(Renew, CancellationToken.None) : Task.CompletedTask;
    }

    /// <summary>Told when the claim is somebody else's, or soon may be.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>True when it was lost, and not the caller's own token that stopped the work.</summary>
    public bool IsLost { get; private set; }

    /// <summary>To be asked just before what nobody can take back: a process that was frozen until now may have been taken for dead.</summary>
    /// <exception cref="OperationCanceledException">The claim may have lapsed.</exception>
    public void MustHold()
    {
        if (!others || IsSure)
            return;
        IsLost = true;
        throw new OperationCanceledException();
    }

    private bool IsSure => Stopwatch.GetElapsedTime(Interlocked.Read(ref renewed)) < lease / 2;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await renewing;
        over.Dispose();
        stop.Dispose();
    }

    private async Task Renew()
    {
        try
        {
            while (IsSure)
            {
                await Task.Delay(lease / 6, TimeProvider.System, over.Token);
                var asked = Stopwatch.GetTimestamp();
                if (await IsOurs() is not { } ours)
                    continue;
                if (!ours)
                    break;
                Interlocked.Exchange(ref renewed, asked);
            }

            IsLost = true;
            await stop.CancelAsync();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    /// <returns>Null when the database does not say.</returns>
    private async Task<bool?> IsOurs()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        patience.CancelAfter(lease / 6);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            Instant? until = scope.ServiceProvider.GetRequiredService<TimeProvider>().Now() + Duration.FromTimeSpan(lease);
            return await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<T>()
                .Where(other => other.Id == row.Id && other.Claim == row.Claim)
                .ExecuteUpdateAsync(set => set.SetProperty(other => other.ClaimedUntil, until), patience.Token) == 1;
        }
        catch (Exception) when (!over.IsCancellationRequested)
        {
            // Asked again, and given up in time; whoever works with the database says what is wrong with it.
            return null;
        }
    }
}
