using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Mediator;

namespace Artera.Integration.Patients;

/// <summary>Makes a patient known who was not; of one who is known, nothing is changed.</summary>
/// <param name="Facts">What the message happens to say of the patient: any message about demographics counts as newer.</param>
public sealed record KnowPatient(string Emr, string Region, PatientFacts Facts) : IRequest<Patient>;

public sealed class KnowPatientHandler(IntegrationDb db, ISender sender) : IRequestHandler<KnowPatient, Patient>
{
    public async ValueTask<Patient> Handle(KnowPatient request, CancellationToken cancellationToken) =>
        await db.FindPatient(request.Emr, request.Facts.Id, cancellationToken)
        ?? (await sender.Send(new UpdatePatient(request.Emr, request.Region, request.Facts, MessageVersion.None), cancellationToken)).Patient;
}
