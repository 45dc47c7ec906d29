using System.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>
/// Every command runs in one transaction with all that it sets off: the state change, what it plans and
/// what it must tell others commit together. A command sent by a command joins the transaction it is in.
/// Where other nodes write too, the transaction sees the database as it was at its start; when somebody else has
/// changed what it changes, it is done over, so that no change is lost. Handlers only write rows: nothing else is repeated.
/// </summary>
public sealed class OneTransaction<TRequest, TResponse>(IntegrationDb db, WriteGate gate, Tries tries, IServiceScopeFactory scopes)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async ValueTask<TResponse> Handle(
        TRequest message,
        MessageHandlerDelegate<TRequest, TResponse> next,
        CancellationToken cancellationToken)
    {
        if (db.IsInCommand)
            return await next(message, cancellationToken);

        // What the caller has not saved yet would be lost with the first try.
        var late = !gate.LetsOthersWrite && tries.IsFirst ? message as IReadsFirst : null;
        var canBeDoneOver = (gate.LetsOthersWrite && tries.AreLeft || late is not null) && !db.ChangeTracker.HasChanges();
        try
        {
            return late is null ? await Run(message, next, cancellationToken) : await RunLate(late, message, next, cancellationToken);
        }
        catch (Exception lost) when (canBeDoneOver && LostRace.Is(lost))
        {
            db.ChangeTracker.Clear();
            db.ForgetAtHand();
        }

        await Task.Delay(tries.Pause, TimeProvider.System, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tries>().Follow(tries);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(message, cancellationToken);
    }

    private async Task<TResponse> Run(TRequest message, MessageHandlerDelegate<TRequest, TResponse> next, CancellationToken cancellation)
    {
        using var turn = await gate.Enter(cancellation);
        if (message is IReadsFirst doneOver)
            doneOver.BeganToWrite = TimeProvider.System.GetTimestamp();
        await using var transaction = gate.LetsOthersWrite
            ? await db.Database.BeginTransactionAsync(IsolationLevel.Snapshot, cancellation)
            : await db.Database.BeginTransactionAsync(cancellation);
        var response = await next(message, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        turn.Wrote(db.Footprint);
        db.Committed();
        return response;
    }

    private async Task<TResponse> RunLate(IReadsFirst late, TRequest message, MessageHandlerDelegate<TRequest, TResponse> next, CancellationToken cancellation)
    {
        await using var transaction = new LateTransaction(db, gate, late);
        var response = await next(message, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.Commit(cancellation);
        return response;
    }
}
