using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Brings the rows of a subject to what its triggers decide now. A sent row is never touched.</summary>
internal static class Ledger
{
    /// <param name="verdicts">What each trigger of the practice decides; null where it has nothing to do with it.</param>
    /// <param name="rows">All rows of the subject; changed in place.</param>
    /// <param name="consentKnown">The opt-outs were asked, so that what they blocked may be planned again.</param>
    /// <returns>The rows to add.</returns>
    public static List<PlannedMessage> Reconcile(
        Subject subject,
        IReadOnlyList<(Trigger Trigger, Verdict? Verdict)> verdicts,
        List<PlannedMessage> rows,
        Instant now,
        bool consentKnown = false)
    {
        var added = new List<PlannedMessage>();
        foreach (var (trigger, verdict) in verdicts)
        {
            var standing = verdict is { } current && trigger.Timing.Anchor == Anchor.SystemStatusChanged
                ? AlreadyAnswered(trigger, subject, rows, current)
                : null;
            var anchor = standing?.Anchor ?? verdict?.Anchor;
            Supersede(rows.Where(row => row.TriggerId == trigger.Id && row.Anchor != anchor), now);
            if (verdict is not { } decided || standing is not null)
                continue;

            if (rows.Find(row => row.TriggerId == trigger.Id && row.Anchor == decided.Anchor) is { } row)
                row.Follow(decided, subject, now, consentKnown);
            else
                added.Add(New(trigger, decided, subject, now));
        }

        Supersede(rows.Where(row => !verdicts.Any(pair => pair.Trigger.Id == row.TriggerId)), now);
        return added;
    }

    /// <summary>Arrived, then completed: one thank-you is enough until the appointment moves.</summary>
    private static PlannedMessage? AlreadyAnswered(Trigger trigger, Subject subject, List<PlannedMessage> rows, Verdict verdict) =>
        rows.Find(row => row.TriggerId == trigger.Id
            && row.Anchor != verdict.Anchor
            && row.Anchor >= (subject.ChangedAt ?? NodaConstants.UnixEpoch)
            && (row.State == PlanState.Sent || (row.State == PlanState.Planned && verdict.IsPlanned)));

    private static void Supersede(IEnumerable<PlannedMessage> rows, Instant now)
    {
        foreach (var row in rows.Where(row => row.State == PlanState.Planned))
            row.Withdraw(Reasons.Superseded, null, now);
    }

    private static void Follow(this PlannedMessage row, Verdict verdict, Subject subject, Instant now, bool consentKnown)
    {
        if (row.State == PlanState.Sent || row.Reason == Reasons.Replayed || verdict.Reason is Reasons.Passed or Reasons.Replayed)
            return;

        if (row.State == PlanState.Planned)
        {
            row.PatientId = subject.PatientId;
            if (!verdict.IsPlanned)
                row.Withdraw(verdict.Reason!, verdict.Detail, now);
            else if (row.DueAt != verdict.Due && verdict.Due > now && row.Attempts == 0)
                (row.DueAt, row.DecidedAt) = (verdict.Due, now);
        }
        else if (verdict.IsPlanned && (consentKnown || row.Reason != Reasons.OptedOut))
        {
            (row.State, row.Reason, row.Detail) = (PlanState.Planned, null, null);
            (row.PatientId, row.DueAt, row.DecidedAt) = (subject.PatientId, verdict.Due, now);
        }
        else if (!verdict.IsPlanned && row.DueAt > now && (row.Reason, verdict.Reason) is not (Reasons.OptedOut, Reasons.OptedOutInEmr)
            && (row.Reason != verdict.Reason || row.Detail != verdict.Detail))
        {
            (row.Reason, row.Detail, row.DecidedAt) = (verdict.Reason, verdict.Detail, now);
        }
    }

    private static PlannedMessage New(Trigger trigger, Verdict verdict, Subject subject, Instant now) => new()
    {
        TriggerId = trigger.Id,
        PatientId = subject.PatientId,
        Module = subject.Module,
        SubjectId = subject.Id,
        Anchor = verdict.Anchor,
        DueAt = verdict.Due,
        State = verdict.IsPlanned ? PlanState.Planned : PlanState.NotSent,
        Reason = verdict.Reason,
        Detail = verdict.Detail,
        DecidedAt = now,
    };
}
