using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Recalls;

/// <summary>A visit was booked that the recall calls for: it is completed while the visit stands.</summary>
/// <param name="AppointmentId">The visit; null: it was cancelled, and the patient is to be called again.</param>
public sealed record MeetRecall(long RecallId, long? AppointmentId) : IRequest;

public sealed class MeetRecallHandler(IntegrationDb db, IPublisher publisher) : IRequestHandler<MeetRecall>
{
    public async ValueTask<Unit> Handle(MeetRecall request, CancellationToken cancellationToken)
    {
        var recall = await db.Set<Recall>().SingleAsync(row => row.Id == request.RecallId, cancellationToken);
        var wasOpen = recall.IsOpen;
        recall.AppointmentId = request.AppointmentId;
        if (wasOpen && !recall.IsOpen)
            await publisher.Publish(new RecallEnded(recall), cancellationToken);
        else if (!wasOpen && recall.IsOpen)
            await publisher.Publish(new RecallUpdated(recall), cancellationToken);
        if (wasOpen != recall.IsOpen)
            await publisher.Publish(new RecallMet(recall), cancellationToken);
        return Unit.Value;
    }
}
