using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>
/// Rules, holidays or practices have changed: visits that are still to come, or open recalls or referrals, are decided
/// again, a batch in one transaction so that intake goes on in between.
/// </summary>
/// <param name="PracticeId">Only those of one practice.</param>
/// <param name="After">The id that the batch before ended with.</param>
internal sealed record PlanOpen(TriggerModule Module, long? PracticeId = null, long After = 0, int Take = 200) : IRequest<PlanOpen.Batch>
{
    /// <param name="Last">The id that this batch ends with; null when there were no more.</param>
    internal readonly record struct Batch(long? Last, int Count);
}

internal sealed class PlanOpenHandler(IntegrationDb db, ISender sender, TimeProvider time) : IRequestHandler<PlanOpen, PlanOpen.Batch>
{
    public async ValueTask<PlanOpen.Batch> Handle(PlanOpen request, CancellationToken cancellationToken)
    {
        var batch = await Next(request, cancellationToken);
        if (batch.Count == 0)
            return default;

        var patients = batch.Select(subject => subject.PatientId).Distinct().ToList();
        await db.Set<Patient>().Include(patient => patient.ContactPoints).Where(patient => patients.Contains(patient.Id)).LoadAsync(cancellationToken);
        await db.ReadPlansAhead(request.Module, batch.ConvertAll(subject => subject.Id), cancellationToken);
        foreach (var ofOne in batch.GroupBy(subject => subject.PatientId))
            await sender.Send(new PlanMessages([.. ofOne]), cancellationToken);
        return new(batch[^1].Id, batch.Count);
    }

    private async Task<List<Subject>> Next(PlanOpen request, CancellationToken cancellation)
    {
        var now = time.Now();
        var (after, practice) = (request.After, request.PracticeId);
        return request.Module switch
        {
            TriggerModule.Appointment => (await db.Set<Appointment>()
                .Where(row => row.Id > after && row.StartsAt > now && (practice == null || row.PracticeId == practice)
                    && (row.SystemStatus == EmrStatus.Booked || row.SystemStatus == EmrStatus.Confirmed))
                .OrderBy(row => row.Id).Take(request.Take).ToListAsync(cancellation)).ConvertAll<Subject>(row => new Visit(row)),
            TriggerModule.Recall => (await db.Set<Recall>()
                .Where(row => row.Id > after && row.Status == RecallStatus.Active && (practice == null || row.PracticeId == practice))
                .OrderBy(row => row.Id).Take(request.Take).ToListAsync(cancellation)).ConvertAll<Subject>(Order.Of),
            TriggerModule.Referral => (await db.Set<Referral>()
                .Where(row => row.Id > after && row.Status == ReferralStatus.Active && (practice == null || row.PracticeId == practice))
                .OrderBy(row => row.Id).Take(request.Take).ToListAsync(cancellation)).ConvertAll<Subject>(Order.Of),
            _ => [],
        };
    }
}
