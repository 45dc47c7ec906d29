using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.WriteBack;

/// <summary>A person decides that the EMR need not hear an answer, or has entered it there.</summary>
/// <param name="By">The user's name.</param>
/// <returns>False when there is nothing to drop.</returns>
public sealed record DropWriteBack(long Id, string By) : IRequest<bool>;

public sealed class DropWriteBackHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<DropWriteBack, bool>
{
    public async ValueTask<bool> Handle(DropWriteBack request, CancellationToken cancellationToken)
    {
        var answer = await db.Set<PendingWriteBack>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (answer is not { State: WriteBackState.Pending or WriteBackState.Parked or WriteBackState.NotSupported })
            return false;
        answer.By = request.By;
        answer.Settle(WriteBackState.Dropped, Causes.Dropped, time.Now());
        return true;
    }
}
