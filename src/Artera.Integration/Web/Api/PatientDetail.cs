using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A patient as the facesheet and the API tell of one.</summary>
/// <param name="OptedOutInEmr">Media that the EMR says the patient wants nothing by.</param>
public sealed record PatientDetail(
    long Id,
    string Emr,
    string ExternalId,
    string? Given,
    string? Family,
    string? Preferred,
    LocalDate? Born,
    Sex Sex,
    string? Language,
    bool Deceased,
    bool DoNotContact,
    IReadOnlyList<Medium> OptedOutInEmr,
    string? PreferredMedium,
    IReadOnlyList<ContactRow> ContactPoints,
    IReadOnlyList<string> FormerIds) : IAboutPatient
{
    long? IAboutPatient.PatientId => Id;

    internal static async Task<PatientDetail?> Read(IntegrationDb db, long id, CancellationToken cancellation)
    {
        if (await db.Set<Patient>().AsNoTracking().Include(row => row.ContactPoints).SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } patient)
            return null;

        var addresses = patient.ContactPoints.ConvertAll(point => point.Address);
        var optOuts = await db.Set<OptOut>().AsNoTracking().Where(row => addresses.Contains(row.Number)).ToListAsync(cancellation);
        var former = await db.Set<PatientIdentifier>().AsNoTracking()
            .Where(known => known.PatientId == id && known.ExternalId != patient.ExternalId)
            .OrderBy(known => known.Id).Select(known => known.ExternalId).ToListAsync(cancellation);
        return new PatientDetail(
            patient.Id, patient.Emr, patient.ExternalId, patient.Given, patient.Family, patient.Preferred, patient.Born, patient.Sex,
            patient.Language, patient.Deceased, patient.DoNotContact, [.. Refused(patient)], patient.PreferredMedium,
            [.. patient.ContactPoints.OrderBy(point => point.Tag).Select(point => new ContactRow(
                point.Tag, point.Address, point.Landline, [.. optOuts.Where(row => row.Number == point.Address).Select(row => row.LineId)]))],
            former);
    }

    private static IEnumerable<Medium> Refused(Patient patient)
    {
        if (patient.NoTexts)
            yield return Medium.Sms;
        if (patient.NoCalls)
            yield return Medium.Voice;
        if (patient.NoEmails)
            yield return Medium.Email;
    }
}

/// <param name="OptedOutOfLines">The lines that this number wants nothing more from.</param>
public sealed record ContactRow(ContactTag Tag, string Address, bool Landline, IReadOnlyList<long> OptedOutOfLines);
