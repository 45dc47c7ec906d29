using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.WriteBack;

/// <summary>What is about to leave is kept, now that the EMR was asked how it has the visit. When this has committed it may leave.</summary>
public sealed record KeepRequest(long Id, byte[] Request) : IRequest<bool>;

public sealed class KeepRequestHandler(IntegrationDb db) : IRequestHandler<KeepRequest, bool>
{
    public async ValueTask<bool> Handle(KeepRequest request, CancellationToken cancellationToken)
    {
        var answer = await db.Set<PendingWriteBack>().SingleAsync(row => row.Id == request.Id, cancellationToken);
        answer.Sent = request.Request;
        return true;
    }
}
