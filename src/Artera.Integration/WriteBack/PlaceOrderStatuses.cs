using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.WriteBack;

/// <summary>
/// The settings have changed: statuses whose feed does not listen any more go to another feed of the EMR, or wait for a person
/// until one listens again.
/// </summary>
internal sealed record PlaceOrderStatuses(int Most) : IRequest<PlacedOrderStatuses>;

internal readonly record struct PlacedOrderStatuses(int Moved, int Parked);

internal sealed class PlaceOrderStatusesHandler(IntegrationDb db, OrderStatusFeeds feeds, TimeProvider time) : IRequestHandler<PlaceOrderStatuses, PlacedOrderStatuses>
{
    public async ValueTask<PlacedOrderStatuses> Handle(PlaceOrderStatuses request, CancellationToken cancellationToken)
    {
        var (names, emrs, now) = (feeds.Names, feeds.All.Select(feed => feed.Emr).Distinct().ToArray(), time.Now());
        var lost = await db.OrderStatusesWithoutFeed(names, now).OrderBy(row => row.Id).Take(request.Most).ToListAsync(cancellationToken);
        var found = emrs.Length == 0 ? [] : await db.OrderStatusesWithFeedAgain(names, emrs).OrderBy(row => row.Id).Take(request.Most).ToListAsync(cancellationToken);
        var (moved, parked) = (0, 0);
        foreach (var row in lost.Concat(found))
        {
            if (feeds.For(row.Feed, row.Emr) is { } listener)
            {
                row.SayBy(listener.Name, cause: null, now);
                moved++;
            }
            else if (row.State == WriteBackState.Pending)
            {
                row.Settle(WriteBackState.Parked, Causes.NoTarget, now);
                parked++;
            }
        }

        return new(moved, parked);
    }
}
