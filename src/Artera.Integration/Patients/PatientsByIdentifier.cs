using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Patients;

public static class PatientsByIdentifier
{
    private static readonly CompiledQuery<Func<IntegrationDb, string, string, CancellationToken, Task<Patient?>>> Find = new(() =>
        EF.CompileAsyncQuery((IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
            (from identifier in db.Set<PatientIdentifier>()
             where identifier.Emr == emr && identifier.ExternalId == externalId
             join patient in db.Set<Patient>() on identifier.PatientId equals patient.Id
             select patient).Include(patient => patient.ContactPoints).FirstOrDefault()));

    /// <summary>The patient whom an identifier stands for today, tracked, with contact points.</summary>
    public static Task<Patient?> FindPatient(this IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
        Find.For(db)(db, emr, externalId, cancellation);
}
