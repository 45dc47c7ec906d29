using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Patients;

/// <summary>A provider says that the number cannot take texts; that holds for everybody who has it.</summary>
/// <param name="Number">E.164.</param>
/// <returns>How many contact points this is news for.</returns>
public sealed record MarkLandline(string Number) : IRequest<int>;

public sealed class MarkLandlineHandler(IntegrationDb db) : IRequestHandler<MarkLandline, int>
{
    public async ValueTask<int> Handle(MarkLandline request, CancellationToken cancellationToken)
    {
        var points = await db.Set<ContactPoint>()
            .Where(point => point.Address == request.Number && !point.Landline)
            .ToListAsync(cancellationToken);
        points.ForEach(point => point.Landline = true);
        return points.Count;
    }
}
