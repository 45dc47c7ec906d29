using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Tracing;

/// <summary>A text that went out or came in, and the appointments that it is about.</summary>
/// <param name="PatientId">Whom it is to or from, if anybody knows.</param>
/// <param name="LineId">The practice's line.</param>
/// <param name="Steps">What happened to the text itself.</param>
/// <param name="Visits">What it is about, with everything that happened.</param>
public sealed record TextTrace(long? PatientId, long? LineId, IReadOnlyList<TraceStep> Steps, IReadOnlyList<VisitTrace> Visits) : IPage
{
    IEnumerable<object?> IPage.Items => [new Correspondent(PatientId), .. Visits];

    private sealed record Correspondent(long? PatientId) : IAboutPatient;
}

internal sealed class TextTraces(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, VisitTraces visits)
{
    private static readonly QuestionState[] AnyState = Enum.GetValues<QuestionState>();

    /// <summary>A text that went out.</summary>
    public async Task<TextTrace?> Sent(long id, CancellationToken cancellation)
    {
        if (await db.Set<OutboundMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } text)
            return null;
        var about = new HashSet<long>();
        if (PlannedMessage.ReadReference(text.Reference) is { } planned)
        {
            about.UnionWith(await db.Set<PlannedMessage>().Where(row => row.Id == planned && row.Module == TriggerModule.Appointment)
                .Select(row => row.SubjectId).ToListAsync(cancellation));
        }

        return new TextTrace(text.PatientId, text.LineId, await TextSteps.Sent(db, [id], cancellation), await visits.Of(about, cancellation));
    }

    /// <summary>A text that came in: about what the line had last asked the number.</summary>
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
            await visits.Of(latest.Select(question => question.AppointmentId).ToHashSet(), cancellation));
    }
}
