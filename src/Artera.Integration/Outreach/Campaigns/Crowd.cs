using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>The patients whom a campaign is for, a batch at a time.</summary>
internal sealed class Crowd(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, TimeProvider time)
{
    /// <param name="Last">Where the batch ends; null when there was nobody any more.</param>
    /// <param name="Patients">With their contact points; fewer than were looked at where the audience leaves some out.</param>
    internal readonly record struct Batch(long? Last, IReadOnlyList<Patient> Patients);

    /// <param name="after">Where the batch before ended.</param>
    public async Task<Batch> Next(Campaign campaign, long after, int take, CancellationToken cancellation) =>
        campaign.Audience is { } audience
            ? await Next(campaign.PracticeId, audience, after, take, cancellation)
            : await NextListed(campaign.Id, after, take, cancellation);

    private async Task<Batch> NextListed(long campaign, long after, int take, CancellationToken cancellation)
    {
        var rows = await db.Set<ListedPatient>().AsNoTracking()
            .Where(row => row.CampaignId == campaign && row.Row > after && row.PatientId != null)
            .OrderBy(row => row.Row).Take(take)
            .Select(row => new { row.Row, Patient = row.PatientId!.Value })
            .ToListAsync(cancellation);
        if (rows.Count == 0)
            return new(null, []);
        var patients = await Read(rows.ConvertAll(row => row.Patient), cancellation);
        return new(rows[^1].Row, [.. rows.Select(row => patients.GetValueOrDefault(row.Patient)).OfType<Patient>()]);
    }

    private async Task<Batch> Next(long practiceId, Audience audience, long after, int take, CancellationToken cancellation)
    {
        var practice = (await enterprise.Get(cancellation)).Practice(practiceId);
        var ids = await Seen(practice, audience).Where(id => id > after).OrderBy(id => id).Take(take).ToListAsync(cancellation);
        if (ids.Count == 0)
            return new(null, []);
        var today = time.Now().InZone(practice.Zone).Date;
        var patients = (await Read(ids, cancellation)).Values.Where(patient => Fits(audience, patient, today));
        return new(ids[^1], [.. patients.OrderBy(patient => patient.Id)]);
    }

    private IQueryable<long> Seen(Practice practice, Audience audience)
    {
        var practiceId = practice.Id;
        var visits = db.Set<Appointment>().Where(visit => visit.PracticeId == practiceId && visit.StartsAt != null);
        if (audience.SeenFrom is { } from && StartOf(from, practice) is var first)
            visits = visits.Where(visit => visit.StartsAt >= first);
        if (audience.SeenBefore is { } before && StartOf(before, practice) is var last)
            visits = visits.Where(visit => visit.StartsAt < last);
        if (audience.EventTypes.Count > 0)
            visits = visits.Where(visit => audience.EventTypes.Contains(visit.TypeCode!));
        if (audience.Locations.Count > 0)
            visits = visits.Where(visit => audience.Locations.Contains(visit.LocationCode!));
        if (audience.Providers.Count > 0)
            visits = visits.Where(visit => audience.Providers.Contains(visit.ProviderCode!));
        return visits.Where(visit => visit.SystemStatus != EmrStatus.Cancelled && visit.SystemStatus != EmrStatus.Deleted)
            .Select(visit => visit.PatientId).Distinct();
    }

    private static Instant StartOf(DateOnly day, Practice practice) => LocalDate.FromDateOnly(day).AtStartOfDayInZone(practice.Zone).ToInstant();

    private static bool Fits(Audience audience, Patient patient, LocalDate today) =>
        audience.OfThePatient.Against(subject: null, patient, today) is null
        && (audience.Languages.Count == 0 || audience.Languages.Exists(language => Languages.Choose([language], patient.Language, "") is not null));

    private async Task<Dictionary<long, Patient>> Read(List<long> ids, CancellationToken cancellation) => await db.Set<Patient>().AsNoTracking()
        .Include(patient => patient.ContactPoints)
        .Where(patient => ids.Contains(patient.Id))
        .ToDictionaryAsync(patient => patient.Id, cancellation);
}
