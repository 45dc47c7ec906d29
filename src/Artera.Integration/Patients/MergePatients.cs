using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Patients;

/// <summary>
/// Two identifiers are one person. Safe to receive twice, before either patient is known, and in reverse: the
/// newest statement names the survivor, and both identifiers stand for one patient ever after.
/// </summary>
/// <param name="Facts">The survivor.</param>
public sealed record MergePatients(string Emr, string Region, PatientFacts Facts, string LosingId, MessageVersion Version) : IRequest<Patient>;

public sealed class MergePatientsHandler(IntegrationDb db, ISender sender, IPublisher publisher) : IRequestHandler<MergePatients, Patient>
{
    public async ValueTask<Patient> Handle(MergePatients request, CancellationToken cancellationToken)
    {
        var (survivor, stale) = await sender.Send(
            new UpdatePatient(request.Emr, request.Region, request.Facts, request.Version), cancellationToken);
        if (!stale)
            survivor.ExternalId = request.Facts.Id;

        var losing = await db.FindPatient(request.Emr, request.LosingId, cancellationToken);
        if (losing is null)
            db.Add(new PatientIdentifier { Emr = request.Emr, ExternalId = request.LosingId, PatientId = survivor.Id });
        else if (losing.Id != survivor.Id)
            await Join(survivor, losing, cancellationToken);
        return survivor;
    }

    private async Task Join(Patient survivor, Patient losing, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        await db.Set<PatientIdentifier>()
            .Where(identifier => identifier.PatientId == losing.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(identifier => identifier.PatientId, survivor.Id), cancellation);

        survivor.TakeOver(losing);
        foreach (var point in losing.ContactPoints.Where(point => survivor.Address(point.Tag) is null))
            survivor.ContactPoints.Add(new ContactPoint { Tag = point.Tag, Address = point.Address, Landline = point.Landline });

        await publisher.Publish(new PatientsJoined(survivor.Id, losing.Id), cancellation);
        await db.SaveChangesAsync(cancellation);
        db.Remove(losing);
        await db.SaveChangesAsync(cancellation);
    }
}
