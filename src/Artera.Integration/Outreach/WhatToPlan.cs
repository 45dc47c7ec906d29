using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>How far a replanning has come: practice by practice, there by start, then by id. Recalls and referrals: by id.</summary>
internal readonly record struct PlanPlace(long Practice, Instant? Start, long Id);

/// <summary>
/// Finds what a replanning does next. In no transaction: nobody waits while it looks, and what comes or changes meanwhile
/// is planned under the new rules anyway. Visits are found by practice and start, so that a long past is not read.
/// </summary>
internal sealed class WhatToPlan(IntegrationDb db, Replanning row, Instant now)
{
    /// <summary>Empty when there is no more.</summary>
    public async Task<(List<long> Ids, PlanPlace Place)> Next(int take, CancellationToken cancellation)
    {
        if (row.Module != TriggerModule.Appointment)
            return await NextOrders(take, cancellation);
        var (found, place) = (new List<long>(), row.Place);
        foreach (var practice in await Practices().Where(id => id >= place.Practice).ToListAsync(cancellation))
        {
            var (start, after) = practice == row.AtPractice && row.AtStart is { } at ? (at, row.After) : (now, long.MaxValue);
            var batch = await Open(practice, start).Where(visit => visit.StartsAt > start || visit.Id > after)
                .OrderBy(visit => visit.StartsAt).ThenBy(visit => visit.Id)
                .Select(visit => new { visit.Id, visit.StartsAt }).Take(take - found.Count).ToListAsync(cancellation);
            found.AddRange(batch.Select(visit => visit.Id));
            if (batch is [.., var last])
                place = new(practice, last.StartsAt, last.Id);
            if (found.Count == take)
                break;
        }

        return (found, place);
    }

    public async Task<int> Count(CancellationToken cancellation)
    {
        if (row.Module != TriggerModule.Appointment)
            return await Orders().CountAsync(cancellation);
        var count = 0;
        foreach (var practice in await Practices().ToListAsync(cancellation))
            count += await Open(practice, now).CountAsync(cancellation);
        return count;
    }

    private async Task<(List<long> Ids, PlanPlace Place)> NextOrders(int take, CancellationToken cancellation)
    {
        var after = row.After;
        var ids = await Orders().Where(id => id > after).OrderBy(id => id).Take(take).ToListAsync(cancellation);
        return (ids, ids is [.., var last] ? new(0, null, last) : row.Place);
    }

    private IQueryable<long> Practices()
    {
        var only = row.PracticeId;
        return db.Set<Practice>().Where(practice => only == null || practice.Id == only).OrderBy(practice => practice.Id).Select(practice => practice.Id);
    }

    private IQueryable<Appointment> Open(long practice, Instant from) => db.Set<Appointment>().Where(visit =>
        visit.PracticeId == practice && visit.StartsAt >= from && (visit.SystemStatus == EmrStatus.Booked || visit.SystemStatus == EmrStatus.Confirmed));

    private IQueryable<long> Orders()
    {
        var only = row.PracticeId;
        return row.Module == TriggerModule.Recall
            ? db.Set<Recall>().Where(recall => recall.Status == RecallStatus.Active && (only == null || recall.PracticeId == only)).Select(recall => recall.Id)
            : db.Set<Referral>().Where(referral => referral.Status == ReferralStatus.Active && (only == null || referral.PracticeId == only)).Select(referral => referral.Id);
    }
}
