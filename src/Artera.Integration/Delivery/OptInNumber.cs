using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery;

/// <summary>The number may hear from the line again.</summary>
/// <param name="LineId">The line.</param>
/// <param name="Number">E.164.</param>
/// <returns>False when it had not opted out.</returns>
public sealed record OptInNumber(long LineId, string Number) : IRequest<bool>;

public sealed class OptInNumberHandler(IntegrationDb db, IPublisher publisher) : IRequestHandler<OptInNumber, bool>
{
    public async ValueTask<bool> Handle(OptInNumber request, CancellationToken cancellationToken)
    {
        var optOut = await db.Set<OptOut>().SingleOrDefaultAsync(
            row => row.Number == request.Number && row.LineId == request.LineId,
            cancellationToken);
        if (optOut is null)
            return false;

        db.Remove(optOut);
        await db.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new ConsentChanged(request.LineId, request.Number, OptedOut: false), cancellationToken);
        return true;
    }
}
