using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>The visits of one patient, day and practice that a rule tells of in one message.</summary>
internal sealed class SameDay(IntegrationDb db, Reviews reviews, Snapshot<EnterpriseDirectory> enterprise)
{
    /// <returns>The row itself and what is planned beside it, the earliest visit first; the row alone when its rule tells each by itself.</returns>
    public async Task<List<(PlannedMessage Row, Visit Visit)>> With(PlannedMessage row, Review review, CancellationToken cancellation)
    {
        if (review is not { Trigger.Merges: true, Subject: Visit visit })
            return [];

        var zone = (await enterprise.Get(cancellation)).Practice(visit.PracticeId!.Value).Zone;
        List<(PlannedMessage Row, Visit Visit)> together = [(row, visit)];
        var others = await db.Set<PlannedMessage>()
            .Where(other => other.PatientId == row.PatientId && other.TriggerId == row.TriggerId && other.State == PlanState.Planned && other.Id != row.Id)
            .ToListAsync(cancellation);
        foreach (var other in others)
        {
            var found = await reviews.Of(other, cancellation);
            if (found is { Subject: Visit beside, Moment.Reason: null } && beside.PracticeId == visit.PracticeId && Day(beside, zone) == Day(visit, zone))
                together.Add((other, beside));
        }

        return [.. together.OrderBy(pair => pair.Visit.Appointment.StartsAt).ThenBy(pair => pair.Visit.Id)];
    }

    private static LocalDate? Day(Visit visit, DateTimeZone zone) => visit.Appointment.StartsAt?.InZone(zone).Date;
}

internal static class ToldTogether
{
    /// <summary>All rows that a message tells of; <paramref name="row"/> is the one that it was written for.</summary>
    public static Task<List<PlannedMessage>> RowsOf(this IntegrationDb db, PlannedMessage row, long outboundMessageId, CancellationToken cancellation) =>
        db.Set<PlannedMessage>().Where(other => other.PatientId == row.PatientId && other.OutboundMessageId == outboundMessageId)
            .OrderBy(other => other.Id).ToListAsync(cancellation);
}
