using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Operations.Retention;

/// <summary>
/// Messages of the EMR that are settled. Two wait although they are: the last message of a visit that is ahead, from which
/// an answer for the EMR is made, and one whose sender is still owed its application acknowledgement. The newest message
/// stays in any case: its number must not be given again.
/// </summary>
internal sealed class OldMessages(FeedBook feeds)
{
    private static readonly InboxState[] Settled = [InboxState.Applied, InboxState.Ignored, InboxState.Stale, InboxState.Rejected];

    // An answer may still be on its way to the EMR when the visit has begun.
    private static readonly Duration AnswerTime = Duration.FromDays(7);

    private static readonly InboxState[] Undecided = [InboxState.Held, InboxState.Unmapped, InboxState.Failed];

    public async Task<int> RemoveBodies(IntegrationDb db, Removal old, CancellationToken cancellation)
    {
        var over = await Over(db, old, Settled, cancellation);
        return await db.Set<InboxMessage>().WithBytes().Where(row => over.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Raw, Array.Empty<byte>()), cancellation);
    }

    public async Task<int> Remove(IntegrationDb db, Removal old, CancellationToken cancellation)
    {
        var over = await Over(db, old, Settled, cancellation);
        return await ButTheNewest(db).Where(row => over.Contains(row.Id) && Settled.Contains(row.State)).ExecuteDeleteAsync(cancellation);
    }

    public async Task<int> RemoveUndecided(IntegrationDb db, Removal old, CancellationToken cancellation)
    {
        var over = await Over(db, old, Undecided, cancellation);
        return await ButTheNewest(db).Where(row => over.Contains(row.Id) && Undecided.Contains(row.State) && row.RetryAt == null).ExecuteDeleteAsync(cancellation);
    }

    private static IQueryable<InboxMessage> ButTheNewest(IntegrationDb db) => db.Set<InboxMessage>().Where(row => db.Set<InboxMessage>().Any(later => later.Id > row.Id));

    private async Task<List<long>> Over(IntegrationDb db, Removal old, InboxState[] states, CancellationToken cancellation)
    {
        var rows = await db.Set<InboxMessage>()
            .Where(row => old.Ids.Contains(row.Id) && states.Contains(row.State) && row.RetryAt == null && row.SettledAt < old.Before)
            .Where(row => !db.Set<ApplicationAck>().Any(ack => ack.InboxMessageId == row.Id && ack.State == ApplicationAckState.Pending))
            .Select(row => new { row.Id, row.Feed, row.PatientKey })
            .ToListAsync(cancellation);
        var recent = old.Now - AnswerTime;
        var needed = new HashSet<long>();
        foreach (var emr in rows.Where(row => row.PatientKey is not null).GroupBy(row => feeds.Find(row.Feed)?.Emr ?? row.Feed, StringComparer.Ordinal))
        {
            var keys = emr.Select(row => row.PatientKey!).Distinct(StringComparer.Ordinal).ToList();
            needed.UnionWith(await db.Set<PatientIdentifier>().Where(known => known.Emr == emr.Key && keys.Contains(known.ExternalId))
                .Join(db.Set<Appointment>(), known => known.PatientId, visit => visit.PatientId, (_, visit) => visit)
                .Where(visit => visit.InboxMessageId != null && (visit.StartsAt == null || visit.StartsAt > recent))
                .Select(visit => visit.InboxMessageId!.Value)
                .ToListAsync(cancellation));
        }

        return rows.ConvertAll(row => row.Id).FindAll(id => !needed.Contains(id));
    }
}
