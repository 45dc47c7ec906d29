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
internal sealed record PlanOpen(TriggerModule Module, IReadOnlyList<long> Ids) : IRequest<int>;

internal sealed class PlanOpenHandler(IntegrationDb db, ISender sender) : IRequestHandler<PlanOpen, int>
{
    public async ValueTask<int> Handle(PlanOpen request, CancellationToken cancellationToken)
    {
        var batch = await Read(request, cancellationToken);
        var patients = batch.Select(subject => subject.PatientId).Distinct().ToList();
        await db.Set<Patient>().Include(patient => patient.ContactPoints).Where(patient => patients.Contains(patient.Id)).LoadAsync(cancellationToken);
        await db.ReadPlansAhead(request.Module, batch.ConvertAll(subject => subject.Id), cancellationToken);
        foreach (var ofOne in batch.GroupBy(subject => subject.PatientId))
            await sender.Send(new PlanMessages([.. ofOne]), cancellationToken);
        return batch.Count;
    }

    private async Task<List<Subject>> Read(PlanOpen request, CancellationToken cancellation) => request.Module switch
    {
        TriggerModule.Appointment => (await db.Set<Appointment>()
            .Where(row => request.Ids.Contains(row.Id) && (row.SystemStatus == EmrStatus.Booked || row.SystemStatus == EmrStatus.Confirmed))
            .OrderBy(row => row.Id).ToListAsync(cancellation)).ConvertAll<Subject>(row => new Visit(row)),
        TriggerModule.Recall => (await db.Set<Recall>().Where(row => request.Ids.Contains(row.Id) && row.Status == RecallStatus.Active)
            .OrderBy(row => row.Id).ToListAsync(cancellation)).ConvertAll<Subject>(Order.Of),
        TriggerModule.Referral => (await db.Set<Referral>().Where(row => request.Ids.Contains(row.Id) && row.Status == ReferralStatus.Active)
            .OrderBy(row => row.Id).ToListAsync(cancellation)).ConvertAll<Subject>(Order.Of),
        _ => [],
    };
}
