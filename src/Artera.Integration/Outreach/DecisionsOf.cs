using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Why did this patient (not) get this message? The ledger of one patient or one appointment, newest first.</summary>
/// <param name="Before">Only decisions with a smaller id: the next page.</param>
public sealed record DecisionsOf(long? PatientId = null, long? AppointmentId = null, long? Before = null, int Take = 100)
    : IQuery<IReadOnlyList<Decision>>;

/// <summary>One line of the ledger.</summary>
/// <param name="Due">When it is, was or would have been due.</param>
/// <param name="Reason">The stable word, or null.</param>
/// <param name="InWords">The same for people.</param>
public sealed record Decision(
    long Id,
    string Trigger,
    TriggerModule Module,
    long SubjectId,
    long PatientId,
    PlanState State,
    Instant Due,
    Instant DecidedAt,
    string? Reason,
    string? InWords,
    long? OutboundMessageId);

public sealed class DecisionsOfHandler(IntegrationDb db) : IQueryHandler<DecisionsOf, IReadOnlyList<Decision>>
{
    public async ValueTask<IReadOnlyList<Decision>> Handle(DecisionsOf query, CancellationToken cancellationToken)
    {
        var rows = db.Set<PlannedMessage>().AsNoTracking();
        if (query.PatientId is { } patient)
            rows = rows.Where(row => row.PatientId == patient);
        if (query.AppointmentId is { } appointment)
            rows = rows.Where(row => row.Module == TriggerModule.Appointment && row.SubjectId == appointment);
        if (query.Before is { } before)
            rows = rows.Where(row => row.Id < before);

        var found = await rows.OrderByDescending(row => row.Id).Take(query.Take)
            .Join(db.Set<Trigger>(), row => row.TriggerId, trigger => trigger.Id, (row, trigger) => new { row, trigger.Name })
            .OrderByDescending(pair => pair.row.Id)
            .ToListAsync(cancellationToken);
        return
        [
            .. found.Select(pair => new Decision(
                pair.row.Id,
                pair.Name,
                pair.row.Module,
                pair.row.SubjectId,
                pair.row.PatientId,
                pair.row.State,
                pair.row.DueAt,
                pair.row.DecidedAt,
                pair.row.Reason,
                Reasons.InWords(pair.row.Reason, pair.row.Detail),
                pair.row.OutboundMessageId)),
        ];
    }
}
