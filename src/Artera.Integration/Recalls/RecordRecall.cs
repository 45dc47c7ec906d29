using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Recalls;

/// <summary>What the EMR says of a recall, laid over what is known of it.</summary>
/// <param name="PracticeId">The practice that owns the location, or null when nobody does.</param>
/// <param name="ArrivedAt">When the message arrived, if that is long ago: its news counts from then, and nobody is texted about the past.</param>
public sealed record RecordRecall(
    string Emr, string Feed, long PatientId, long? PracticeId, RecallChanged Facts, MessageVersion Version, long? InboxMessageId, Instant? ArrivedAt = null)
    : IRequest<RecordRecall.Outcome>
{
    public enum Outcome
    {
        Applied,

        /// <summary>Older than what is known; nothing was changed.</summary>
        Stale,

        /// <summary>New, and for a location that no practice owns; nothing was stored.</summary>
        Unmapped,
    }
}

public sealed class RecordRecallHandler(IntegrationDb db, TimeProvider time, IPublisher publisher)
    : IRequestHandler<RecordRecall, RecordRecall.Outcome>
{
    public async ValueTask<RecordRecall.Outcome> Handle(RecordRecall request, CancellationToken cancellationToken)
    {
        var recall = await db.Set<Recall>()
            .FirstOrDefaultAsync(row => row.Emr == request.Emr && row.ExternalId == request.Facts.Id, cancellationToken);
        if (recall is not null && request.Version.IsOlderThan(recall.Version))
            return RecordRecall.Outcome.Stale;
        if (recall is null && request.PracticeId is null)
            return RecordRecall.Outcome.Unmapped;

        await (recall is null ? Add(request, cancellationToken) : Update(recall, request, cancellationToken));
        return RecordRecall.Outcome.Applied;
    }

    private async Task Add(RecordRecall request, CancellationToken cancellation)
    {
        var recall = new Recall
        {
            Emr = request.Emr,
            ExternalId = request.Facts.Id,
            Feed = request.Feed,
            PatientId = request.PatientId,
            CreatedAt = request.ArrivedAt ?? time.Now(),
        };
        recall.Take(request);
        db.Add(recall);
        await db.SaveChangesAsync(cancellation);
        if (recall.IsOpen)
            await publisher.Publish(new RecallCreated(recall), cancellation);
    }

    private async Task Update(Recall recall, RecordRecall request, CancellationToken cancellation)
    {
        var wasOpen = recall.IsOpen;
        recall.Take(request);
        if (recall.IsOpen)
            await publisher.Publish(new RecallUpdated(recall), cancellation);
        else if (wasOpen)
            await publisher.Publish(new RecallEnded(recall), cancellation);
    }
}
