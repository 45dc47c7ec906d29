using Mediator;

namespace Artera.Integration.Data;

/// <summary>
/// Every command runs in one transaction with all that it sets off: the state change, what it plans and
/// what it must tell others commit together. A command sent by a command joins the transaction it is in.
/// </summary>
public sealed class OneTransaction<TRequest, TResponse>(IntegrationDb db, WriteGate gate) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async ValueTask<TResponse> Handle(
        TRequest message,
        MessageHandlerDelegate<TRequest, TResponse> next,
        CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null)
            return await next(message, cancellationToken);

        using var turn = await gate.Enter(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var response = await next(message, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return response;
    }
}
