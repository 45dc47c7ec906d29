using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Patients;

/// <summary>Patients are tracked and come with their contact points.</summary>
public static class PatientsByIdentifier
{
    private static readonly CompiledQuery<Func<IntegrationDb, string, string, CancellationToken, Task<Patient?>>> Find = new(() =>
        EF.CompileAsyncQuery((IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
            (from identifier in db.Set<PatientIdentifier>()
             where identifier.Emr == emr && identifier.ExternalId == externalId
             join patient in db.Set<Patient>() on identifier.PatientId equals patient.Id
             select patient).Include(patient => patient.ContactPoints).FirstOrDefault()));

    /// <summary>The patient whom an identifier stands for today.</summary>
    public static async ValueTask<Patient?> FindPatient(this IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
        db.AtHand<(string, string), Patient>().Find((emr, externalId)) is { } known
            ? known.FirstOrDefault()
            : await Find.For(db)(db, emr, externalId, cancellation);

    public static async ValueTask<Patient> FindPatient(this IntegrationDb db, long id, CancellationToken cancellation)
    {
        var patient = (await db.FindAsync<Patient>([id], cancellation))!;
        var entry = db.Entry(patient);
        if (entry.State != EntityState.Added)
            await entry.Collection(row => row.ContactPoints).LoadAsync(cancellation);
        return patient;
    }

    /// <summary>Has the patients of many identifiers at hand, and that there are none for the others.</summary>
    public static async Task<List<Patient>> ReadPatientsAhead(this IntegrationDb db, string emr, IReadOnlyCollection<string> externalIds, CancellationToken cancellation)
    {
        var found = await (
            from identifier in db.Set<PatientIdentifier>()
            where identifier.Emr == emr && externalIds.Contains(identifier.ExternalId)
            join patient in db.Set<Patient>().Include(patient => patient.ContactPoints) on identifier.PatientId equals patient.Id
            select new { identifier.ExternalId, Patient = patient }).ToListAsync(cancellation);
        var atHand = db.AtHand<(string, string), Patient>();
        atHand.Expect(externalIds.Select(id => (emr, id)));
        foreach (var row in found)
            atHand.Put((emr, row.ExternalId), row.Patient);
        return [.. found.Select(row => row.Patient).Distinct()];
    }
}
