using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
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
                return (await UpdatePatient(happened, source, cancellation)).Stale ? Stale : Applied;
            case PatientsMerged merged:
                await sender.Send(
                    new MergePatients(source.Feed.Emr, source.Feed.Options.Region, merged.Patient, merged.LosingId, source.Version), cancellation);
                return Applied;
            case AppointmentChanged changed:
                return await RecordAppointment(changed, source, cancellation);
            case RecallChanged recall:
                return await RecordRecall(recall, source, cancellation);
            case ReferralChanged referral:
                return await RecordReferral(referral, source, cancellation);
            default:
                return (InboxState.Held, new Cause("not-supported", happened.GetType().Name));
        }
    }

    private ValueTask<UpdatePatient.Result> UpdatePatient(EmrEvent happened, MessageSource source, CancellationToken cancellation) =>
        sender.Send(new UpdatePatient(source.Feed.Emr, source.Feed.Options.Region, happened.Patient, VersionOf(happened, source)), cancellation);

    /// <summary>A visit may carry a patient whom somebody knows better by now, or no more of the patient than who it is.</summary>
    private static MessageVersion VersionOf(EmrEvent happened, MessageSource source) => happened.PatientAsOf switch
    {
        { SaysNothing: true } => MessageVersion.None,
        { } patient => MessageVersion.OfResource(patient.At, patient.Id, source.Version.SentAt),
        _ => source.Version,
    };

    private async Task<(InboxState State, Cause? Cause)> RecordAppointment(
        AppointmentChanged changed, MessageSource source, CancellationToken cancellation)
    {
        var facts = changed.Appointment;
        var practice = await PracticeOf(facts.Location, facts.Provider, source, cancellation);
        var (patient, _) = await UpdatePatient(changed, source, cancellation);
        var outcome = await sender.Send(
            new RecordAppointment(
                source.Feed.Emr, source.Feed.Name, patient.Id, practice, changed.Change, facts, source.Version, source.InboxMessageId, source.ArrivedAt),
            cancellation);
        return outcome switch
        {
            Appointments.RecordAppointment.Outcome.Applied => Applied,
            Appointments.RecordAppointment.Outcome.Unknown => (InboxState.Ignored, new Cause("unknown-appointment", "appointment.id")),
            Appointments.RecordAppointment.Outcome.Unmapped => Unmapped("appointment", facts.Location, facts.Provider),
            _ => Stale,
        };
    }

    private async Task<(InboxState State, Cause? Cause)> RecordRecall(RecallChanged facts, MessageSource source, CancellationToken cancellation)
    {
        var practice = await PracticeOf(facts.Location, facts.Provider, source, cancellation);
        var (patient, _) = await UpdatePatient(facts, source, cancellation);
        var outcome = await sender.Send(
            new RecordRecall(source.Feed.Emr, source.Feed.Name, patient.Id, practice, facts, source.Version, source.InboxMessageId, source.ArrivedAt),
            cancellation);
        return outcome switch
        {
            Recalls.RecordRecall.Outcome.Applied => Applied,
            Recalls.RecordRecall.Outcome.Unmapped => Unmapped("recall", facts.Location, facts.Provider),
            _ => Stale,
        };
    }

    private async Task<(InboxState State, Cause? Cause)> RecordReferral(ReferralChanged facts, MessageSource source, CancellationToken cancellation)
    {
        var practice = await PracticeOf(facts.Location, facts.Provider, source, cancellation);
        var patient = await sender.Send(new KnowPatient(source.Feed.Emr, source.Feed.Options.Region, facts.Patient), cancellation);
        var outcome = await sender.Send(
            new RecordReferral(source.Feed.Emr, source.Feed.Name, patient.Id, practice, facts, source.Version, source.InboxMessageId, source.ArrivedAt),
            cancellation);
        return outcome switch
        {
            Referrals.RecordReferral.Outcome.Applied => Applied,
            Referrals.RecordReferral.Outcome.Unmapped => Unmapped("referral", facts.Location, facts.Provider),
            _ => Stale,
        };
    }

    private async ValueTask<long?> PracticeOf(Stated<Coded> location, Stated<Coded> provider, MessageSource source, CancellationToken cancellation) =>
        (await enterprise.Get(cancellation)).PracticeOf(source.Feed.Emr, location.Code(), provider.Code())?.Id;

    private static (InboxState State, Cause? Cause) Unmapped(string section, Stated<Coded> location, Stated<Coded> provider) =>
        (InboxState.Unmapped, location.Code() is null && provider.Code() is { } code
            ? new Cause(UnmappedMessages.Provider, $"{section}.provider", Value: code)
            : new Cause(UnmappedMessages.Location, $"{section}.location", Value: location.Code()));
}
