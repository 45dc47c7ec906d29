using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Tracing;

/// <summary>A text that went out or came in, and the appointments, recalls and referrals that it is about.</summary>
/// <param name="PatientId">Whom it is to or from, if anybody knows.</param>
/// <param name="LineId">The practice's line.</param>
/// <param name="Steps">What happened to the text itself.</param>
/// <param name="Visits">The appointments that it is about, each with everything that happened to it.</param>
/// <param name="Orders">The recalls and referrals that it is about, likewise.</param>
public sealed record TextTrace(
    long? PatientId, long? LineId, IReadOnlyList<TraceStep> Steps, IReadOnlyList<VisitTrace> Visits, IReadOnlyList<OrderTrace> Orders) : IPage
{
    IEnumerable<object?> IPage.Items => [new Correspondent(PatientId), .. Visits, .. Orders];

    private sealed record Correspondent(long? PatientId) : IAboutPatient;
}

internal sealed class TextTraces(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, VisitTraces visits, OrderTraces orders)
{
    private static readonly QuestionState[] AnyState = Enum.GetValues<QuestionState>();

    /// <summary>A text that went out.</summary>
    public async Task<TextTrace?> Sent(long id, CancellationToken cancellation)
    {
        if (await db.Set<OutboundMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } text)
            return null;
        var plan = await PlanOf(text.Reference, cancellation);
        return new TextTrace(
            text.PatientId,
            text.LineId,
            await TextSteps.Sent(db, [id], cancellation),
            await visits.Of(await VisitsOf(plan, id, cancellation), cancellation),
            await OrdersOf(plan, cancellation));
    }

    /// <summary>One message may tell of several visits of a day: it refers to the plan of one of them, and the plans of all to it.</summary>
    private async Task<HashSet<long>> VisitsOf(PlannedMessage? plan, long text, CancellationToken cancellation)
    {
        if (plan is not { Module: TriggerModule.Appointment })
            return [];
        var told = await db.Set<PlannedMessage>()
            .Where(row => row.PatientId == plan.PatientId && row.OutboundMessageId == text && row.Module == TriggerModule.Appointment)
            .Select(row => row.SubjectId).ToListAsync(cancellation);
        return [plan.SubjectId, .. told];
    }

    /// <summary>A text that came in: about what the line had last asked the number, or else told it of a recall or a referral.</summary>
    public async Task<TextTrace?> Received(long id, CancellationToken cancellation)
    {
        if (await db.Set<InboundText>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } text)
            return null;
        var line = (await enterprise.Get(cancellation)).LineWithNumber(text.To);
        var lineId = line?.Id;
        var asked = await db.Set<OpenQuestion>().AsNoTracking()
            .Where(row => row.Number == text.From && row.LineId == lineId && AnyState.Contains(row.State) && row.AskedAt <= text.ReceivedAt)
            .ToListAsync(cancellation);
        var latest = asked.GroupBy(question => question.OutboundMessageId).MaxBy(group => group.Max(question => question.AskedAt))?.ToList() ?? [];
        var patients = latest.Select(question => (long?)question.PatientId).Distinct().ToList();
        return new TextTrace(
            patients is [var one] ? one : null,
            line?.Id,
            [TextSteps.Of(text)],
            await visits.Of(latest.Select(question => question.AppointmentId).ToHashSet(), cancellation),
            await OrdersOf(await LastPlan(text, lineId, cancellation), cancellation));
    }

    private async Task<PlannedMessage?> LastPlan(InboundText text, long? lineId, CancellationToken cancellation)
    {
        var earliest = text.ReceivedAt - TextSteps.AnswerTime;
        var reference = await db.Set<OutboundMessage>()
            .Where(told => told.LineId == lineId && told.To == text.From && told.CreatedAt <= text.ReceivedAt && told.CreatedAt >= earliest)
            .OrderByDescending(told => told.CreatedAt).Select(told => told.Reference).FirstOrDefaultAsync(cancellation);
        return await PlanOf(reference, cancellation);
    }

    private async Task<PlannedMessage?> PlanOf(string? reference, CancellationToken cancellation) => PlannedMessage.ReadReference(reference) is { } planned
        ? await db.Set<PlannedMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == planned, cancellation)
        : null;

    private async Task<IReadOnlyList<OrderTrace>> OrdersOf(PlannedMessage? plan, CancellationToken cancellation) =>
        plan is not null && await orders.Of(plan, cancellation) is { } order ? [order] : [];
}
