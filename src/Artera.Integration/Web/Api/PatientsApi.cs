using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class PatientsApi
{
    public static void MapPatients(this IEndpointRouteBuilder api)
    {
        var patients = api.MapGroup("/patients").WithTags("Patients").AddEndpointFilter(new AuditReads("patients"));
        patients.MapGet("/", List).WithSummary("Patients, all or by an identifier of the EMR; a former identifier finds whom it stands for today.");
        patients.MapGet("/{id:long}", Get).WithSummary("One patient with contact points, consent and identifiers.");
    }

    private static async Task<Ok<Page<PatientRow>>> List(
        string? externalId, string? emr, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var patients = db.Set<Patient>().AsNoTracking();
        if (externalId is not null || emr is not null)
        {
            patients = patients.Where(patient => db.Set<PatientIdentifier>().Any(known => known.PatientId == patient.Id
                && (externalId == null || known.ExternalId == externalId) && (emr == null || known.Emr == emr)));
        }

        if (page.After is { } after)
            patients = patients.Where(patient => patient.Id > after.Id);
        var rows = patients.OrderBy(patient => patient.Id).Select(patient => new PatientRow(
            patient.Id, patient.Emr, patient.ExternalId, patient.Given, patient.Family, patient.Born, patient.Sex, patient.Language, patient.Deceased));
        return TypedResults.Ok(await page.Of(rows, row => new Cursor(row.Id), cancellation));
    }

    private static async Task<Results<Ok<PatientDetail>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation) =>
        (await PatientDetail.Read(db, id, cancellation)).OrNotFound();
}

internal sealed record PatientRow(
    long Id, string Emr, string ExternalId, string? Given, string? Family, LocalDate? Born, Sex Sex, string? Language, bool Deceased) : IAboutPatient
{
    long? IAboutPatient.PatientId => Id;
}
