using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>How a patient is reached by a campaign; or why not.</summary>
internal readonly record struct Chosen(Patient Patient, Reach Reach, string? Reason, string? Detail);

/// <summary>Who of a batch can be written to, in as many questions to the database for a thousand as for one.</summary>
internal sealed class CampaignChoice(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, MediumBook media, TimeProvider time)
{
    public async Task<List<Chosen>> Of(Campaign campaign, Trigger trigger, IReadOnlyList<Patient> patients, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        var practice = directory.Practice(campaign.PracticeId);
        var calendar = new PracticeCalendar(practice, directory.Holidays);
        var now = time.Now();
        var line = Composer.LineFor(trigger, new Mailing(campaign, 0, 0), directory);
        var optedOut = line is null || patients.Count == 0 ? [] : await OptedOut(line.Id, patients, cancellation);
        return [.. patients.Select(One)];

        Chosen One(Patient patient)
        {
            var (reason, detail) = Planner.Obstacle(trigger, new Mailing(campaign, patient.Id, patient.Id), patient, calendar, now);
            var reach = Reach.For(trigger, patient, media.Serves, optedOut);
            reason ??= line is null ? Reasons.NoLine : reach.Address is null ? reach.Reason : null;
            if (reason is null && Composer.IsTest(patient, directory.HealthSystemOf(practice), reach.Address!))
                reason = Reasons.TestPatient;
            return new(patient, reach, reason, detail);
        }
    }

    private async Task<HashSet<string>> OptedOut(long line, IReadOnlyList<Patient> patients, CancellationToken cancellation)
    {
        var numbers = patients.SelectMany(patient => patient.ContactPoints).Select(point => point.Address).Distinct(StringComparer.Ordinal).ToList();
        return await db.Set<OptOut>().Where(row => row.LineId == line && numbers.Contains(row.Number)).Select(row => row.Number)
            .ToHashSetAsync(StringComparer.Ordinal, cancellation);
    }
}
