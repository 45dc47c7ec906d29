using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;

namespace Artera.Integration.Inbound;

/// <summary>The short switch from what a message says to the command that does it.</summary>
internal sealed class ApplyEvent(ISender sender, Snapshot<EnterpriseDirectory> enterprise)
{
    private static readonly (InboxState, Cause?) Applied = (InboxState.Applied, null);
    private static readonly (InboxState, Cause?) Stale = (InboxState.Stale, new Cause("older-version"));

    public async Task<(InboxState State, Cause? Cause)> Apply(EmrEvent happened, MessageSource source, CancellationToken cancellation)
    {
        switch (happened)
        {
            case PatientUpdated:
                return (await UpdatePatient(happened.Patient, source, cancellation)).Stale ? Stale : Applied;
            case PatientsMerged merged:
                await sender.Send(
                    new MergePatients(source.Feed.Emr, source.Feed.Options.Region, merged.Patient, merged.LosingId, source.Version), cancellation);
                return Applied;
            case AppointmentChanged changed:
                return await RecordAppointment(changed, source, cancellation);
            default:
                return (InboxState.Held, new Cause("not-supported", happened.GetType().Name));
        }
    }

    private ValueTask<UpdatePatient.Result> UpdatePatient(PatientFacts patient, MessageSource source, CancellationToken cancellation) =>
        sender.Send(new UpdatePatient(source.Feed.Emr, source.Feed.Options.Region, patient, source.Version), cancellation);

    private async Task<(InboxState State, Cause? Cause)> RecordAppointment(
        AppointmentChanged changed, MessageSource source, CancellationToken cancellation)
    {
        var facts = changed.Appointment;
        var practice = (await enterprise.Get(cancellation)).PracticeOf(source.Feed.Emr, Code(facts.Location), Code(facts.Provider));
        var (patient, _) = await UpdatePatient(changed.Patient, source, cancellation);
        var outcome = await sender.Send(
            new RecordAppointment(
                source.Feed.Emr, source.Feed.Name, patient.Id, practice?.Id, changed.Change, facts, source.Version, source.InboxMessageId, source.ArrivedAt),
            cancellation);
        return outcome switch
        {
            Appointments.RecordAppointment.Outcome.Applied => Applied,
            Appointments.RecordAppointment.Outcome.Unmapped =>
                (InboxState.Unmapped, new Cause("unmapped-location", "appointment.location", Value: Code(facts.Location))),
            _ => Stale,
        };
    }

    private static string? Code(Stated<Coded> stated) => stated.HasValue ? stated.Value.Code : null;
}
