using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Mediator;

namespace Artera.Integration.Patients;

/// <summary>Adds the patient, or brings what is known up to what the message states.</summary>
/// <param name="Emr">Whose identifiers these are.</param>
/// <param name="Region">ISO 3166 region of phone numbers without a country code.</param>
public sealed record UpdatePatient(string Emr, string Region, PatientFacts Facts, MessageVersion Version) : IRequest<UpdatePatient.Result>
{
    /// <param name="Stale">The message is older than what is known; nothing was changed.</param>
    public readonly record struct Result(Patient Patient, bool Stale);
}

public sealed class UpdatePatientHandler(IntegrationDb db, IPublisher publisher) : IRequestHandler<UpdatePatient, UpdatePatient.Result>
{
    public async ValueTask<UpdatePatient.Result> Handle(UpdatePatient request, CancellationToken cancellationToken)
    {
        var patient = await db.FindPatient(request.Emr, request.Facts.Id, cancellationToken);
        if (patient is null)
            return new(await Add(request, cancellationToken), Stale: false);
        if (request.Version.IsOlderThan(patient.Version))
            return new(patient, Stale: true);

        var before = Known.Of(patient);
        var contactChanged = patient.Take(request.Facts, request.Region);
        patient.Version = request.Version;
        if (patient.Deceased && !before.Deceased)
        {
            // Whoever withdraws what was planned must find it in the database, also what this transaction has planned.
            await db.SaveChangesAsync(cancellationToken);
            await publisher.Publish(new PatientDied(patient.Id), cancellationToken);
        }
        else if (contactChanged || Known.Of(patient) != before)
        {
            await publisher.Publish(new PatientChanged(patient.Id, contactChanged), cancellationToken);
        }

        return new(patient, Stale: false);
    }

    private async Task<Patient> Add(UpdatePatient request, CancellationToken cancellation)
    {
        var patient = new Patient { Emr = request.Emr, ExternalId = request.Facts.Id, Version = request.Version };
        patient.Take(request.Facts, request.Region);
        db.Add(patient);
        db.Add(new PatientIdentifier { Emr = request.Emr, ExternalId = request.Facts.Id, PatientId = patient.Id });
        if (!db.AtHand<(string, string), Patient>().Put((request.Emr, request.Facts.Id), patient))
            await db.SaveChangesAsync(cancellation);
        return patient;
    }

    /// <summary>What others look at when they decide about the patient.</summary>
    private readonly record struct Known(
        string? Given, string? Family, string? Preferred, NodaTime.LocalDate? Born, Sex Sex, string? Language,
        bool Deceased, bool DoNotContact, bool NoTexts, bool NoEmails, bool NoCalls, string? PreferredMedium)
    {
        public static Known Of(Patient patient) => new(
            patient.Given, patient.Family, patient.Preferred, patient.Born, patient.Sex, patient.Language,
            patient.Deceased, patient.DoNotContact, patient.NoTexts, patient.NoEmails, patient.NoCalls, patient.PreferredMedium);
    }
}
