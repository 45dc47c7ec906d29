using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Tracing;

/// <summary>What was planned, what left, what became of it, and what the patient wrote.</summary>
internal static class TextSteps
{
    private const int Most = 500;

    /// <summary>A text that asks nothing is answered within this time, as reports count it, or not at all.</summary>
    public static readonly Duration AnswerTime = Duration.FromHours(72);

    // The index on numbers begins with it.
    private static readonly bool[] ReadOrNot = [true, false];

    /// <summary>The decisions about an appointment, a recall or a referral with the texts that they led to.</summary>
    public static async Task<List<TraceStep>> Decided(IntegrationDb db, TriggerModule module, long subjectId, CancellationToken cancellation)
    {
        var plans = await db.Set<PlannedMessage>().AsNoTracking()
            .Where(row => row.Module == module && row.SubjectId == subjectId)
            .OrderByDescending(row => row.Id).Take(Most)
            .Join(db.Set<Trigger>(), row => row.TriggerId, trigger => trigger.Id, (row, trigger) => new { row, trigger.Name })
            .ToListAsync(cancellation);

        // Sent again over another medium, a plan has two texts: it points at the last, and both refer to it.
        var references = plans.ConvertAll(plan => PlannedMessage.ReferenceOf(plan.row.Id));
        var ids = plans.Select(plan => plan.row.OutboundMessageId).OfType<long>().ToHashSet();
        ids.UnionWith(await db.Set<OutboundMessage>().Where(row => references.Contains(row.Reference!)).Select(row => row.Id).ToListAsync(cancellation));
        return
        [
            .. plans.Select(plan => new TraceStep(plan.row.DecidedAt, TraceStage.Decided, $"decision:{plan.row.Id}", plan.Name)
            {
                State = plan.row.State.ToString(),
                Detail = Reasons.InWords(plan.row.Reason, plan.row.Detail),
                Due = plan.row.State == PlanState.Sent ? null : plan.row.DueAt,
                Tone = Tones.Of(plan.row.State),
            }),
            .. await Sent(db, [.. ids], cancellation),
        ];
    }

    public static async Task<List<TraceStep>> Sent(IntegrationDb db, List<long> texts, CancellationToken cancellation)
    {
        if (texts.Count == 0)
            return [];
        var messages = await db.Set<OutboundMessage>().AsNoTracking().Where(row => texts.Contains(row.Id)).ToListAsync(cancellation);
        var attempts = (await db.Set<Attempt>().AsNoTracking().Where(row => texts.Contains(row.OutboundMessageId)).ToListAsync(cancellation))
            .ToLookup(attempt => attempt.OutboundMessageId);
        return [.. messages.SelectMany(message => Of(message, [.. attempts[message.Id].OrderBy(attempt => attempt.Number)]))];
    }

    /// <summary>What the patient wrote on the line after it had asked about the appointment, until the visit.</summary>
    public static async Task<List<TraceStep>> Answered(IntegrationDb db, EnterpriseDirectory enterprise, long appointmentId, CancellationToken cancellation)
    {
        var questions = await db.Set<OpenQuestion>().AsNoTracking().Where(row => row.AppointmentId == appointmentId).ToListAsync(cancellation);
        var steps = new List<TraceStep>();
        foreach (var asked in questions.GroupBy(question => (question.Number, question.LineId)))
        {
            if (enterprise.Lines.FirstOrDefault(line => line.Id == asked.Key.LineId) is not { } line)
                continue;
            var (from, to) = (asked.Min(question => question.AskedAt), asked.Max(question => question.ClosesAt));
            steps.AddRange(await Written(db, asked.Key.Number, line.Number, from, to, cancellation));
        }

        return [.. steps.DistinctBy(step => step.About)];
    }

    /// <summary>What the patient wrote on the line after it had spoken of a recall or a referral, until it spoke of something else.</summary>
    public static async Task<List<TraceStep>> WrittenAfter(
        IntegrationDb db, EnterpriseDirectory enterprise, TriggerModule module, long subjectId, CancellationToken cancellation)
    {
        var told = await db.Set<PlannedMessage>().Where(row => row.Module == module && row.SubjectId == subjectId)
            .Join(db.Set<OutboundMessage>(), row => row.OutboundMessageId, text => text.Id, (_, text) => new { text.LineId, text.To, text.CreatedAt })
            .ToListAsync(cancellation);
        var steps = new List<TraceStep>();
        foreach (var text in told)
        {
            if (enterprise.Lines.FirstOrDefault(line => line.Id == text.LineId) is not { } line)
                continue;
            var next = await db.Set<OutboundMessage>().Where(later => later.LineId == text.LineId && later.To == text.To && later.CreatedAt > text.CreatedAt)
                .OrderBy(later => later.CreatedAt).Select(later => (Instant?)later.CreatedAt).FirstOrDefaultAsync(cancellation);
            var until = text.CreatedAt + AnswerTime;
            steps.AddRange(await Written(db, text.To, line.Number, text.CreatedAt, next < until ? next.Value : until, cancellation));
        }

        return steps;
    }

    private static async Task<List<TraceStep>> Written(
        IntegrationDb db, string number, string line, Instant from, Instant until, CancellationToken cancellation)
    {
        var texts = await db.Set<InboundText>().AsNoTracking()
            .Where(text => ReadOrNot.Contains(text.Understood) && text.From == number && text.To == line && text.ReceivedAt >= from && text.ReceivedAt <= until)
            .OrderByDescending(text => text.Id).Take(Most).ToListAsync(cancellation);
        return texts.ConvertAll(Of);
    }

    public static TraceStep Of(InboundText text) => new(text.ReceivedAt, TraceStage.Answered, $"answer:{text.Id}", "The patient wrote")
    {
        State = text.Meaning ?? (text.Understood ? "read" : "waits to be read"),
        Body = text.Body,
        Tone = text.Understood ? Tone.Plain : Tone.Wait,
    };

    private static IEnumerable<TraceStep> Of(OutboundMessage message, List<Attempt> attempts)
    {
        var about = $"text:{message.Id}";
        yield return new TraceStep(message.SentAt ?? message.CreatedAt, TraceStage.Sent, about, $"{(message.Medium == Medium.Sms ? "SMS" : Words.Of(message.Medium))} to {message.To}")
        {
            State = message.State.ToString(),
            Detail = string.Join(" · ", attempts.Select(attempt => $"attempt {attempt.Number}: {attempt.Outcome ?? "no answer yet"} {attempt.Code}".TrimEnd())),
            Due = message.State == OutboundState.Queued ? message.DueAt : null,
            Body = message.Body,
            Tone = message.State switch
            {
                OutboundState.Sent => Tone.Good,
                OutboundState.Failed => Tone.Bad,
                _ => Tone.Wait,
            },
        };
        if (message.DeliveredAt is { } arrived)
            yield return new TraceStep(arrived, TraceStage.Delivered, about, "At the patient's phone or mailbox") { State = message.Delivery.ToString(), Tone = Tone.Good };
        else if (message.FailureCode is { } code)
            yield return new TraceStep(attempts.LastOrDefault()?.SettledAt ?? message.SentAt ?? message.CreatedAt, TraceStage.Delivered, about, Words.Failure(code)) { State = message.Delivery.ToString(), Detail = code, Tone = Tone.Bad };
    }
}
