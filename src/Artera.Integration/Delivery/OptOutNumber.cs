using Artera.Integration.Data;
using Mediator;

namespace Artera.Integration.Delivery;

/// <summary>Nothing more goes from the line to the number.</summary>
/// <param name="LineId">The line.</param>
/// <param name="Number">E.164.</param>
/// <param name="Source"><c>reply</c>, <c>provider</c>, <c>emr</c>, or the user's name.</param>
/// <returns>False when that was so before.</returns>
public sealed record OptOutNumber(long LineId, string Number, string Source) : IRequest<bool>;

public sealed class OptOutNumberHandler(IntegrationDb db, TimeProvider time, IPublisher publisher) : IRequestHandler<OptOutNumber, bool>
{
    public async ValueTask<bool> Handle(OptOutNumber request, CancellationToken cancellationToken)
    {
        if (await db.IsOptedOut(request.LineId, request.Number, cancellationToken))
            return false;

        db.Add(new OptOut { LineId = request.LineId, Number = request.Number, Since = time.Now(), Source = request.Source });
        await db.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new ConsentChanged(request.LineId, request.Number, OptedOut: true), cancellationToken);
        return true;
    }
}
