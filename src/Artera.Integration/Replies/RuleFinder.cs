using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Patients;

namespace Artera.Integration.Replies;

/// <summary>A rule that takes a text, whom it is about, and what the rule's filters and phrases look at.</summary>
/// <param name="Patient">Null: nobody knows who wrote.</param>
internal sealed record FoundRule(Trigger Trigger, Patient? Patient, HeardMessage Heard, Practice Practice);

/// <summary>
/// Finds the one rule for inbound messages that takes a text: the closest words first, then the practice's own before
/// a default, then the oldest.
/// </summary>
internal sealed class RuleFinder(IntegrationDb db, Snapshot<TriggerBook> triggers, Snapshot<EnterpriseDirectory> enterprise, PlainMessages plain, TimeProvider time)
{
    public async Task<FoundRule?> Find(TextSender from, InboundText text, CancellationToken cancellation)
    {
        if (text.MediaCount > 0)
            return null;
        var directory = await enterprise.Get(cancellation);
        var practice = directory.Practice(from.Line.PracticeId);
        var calendar = new PracticeCalendar(practice, directory.Holidays);
        var speaking = (await triggers.Get(cancellation)).For(practice.Id, TriggerModule.InboundMessage)
            .Where(trigger => trigger is { Running: true, Hears: not null } && During(trigger.Hears.During, calendar))
            .Select(trigger => (Trigger: trigger, Closeness: Keywords.Closeness(trigger.Hears!, text.Body)))
            .Where(found => found.Closeness > 0)
            .OrderByDescending(found => found.Closeness).ThenBy(found => found.Trigger.PracticeId is null).ThenBy(found => found.Trigger.Id)
            .Select(found => found.Trigger)
            .ToList();
        if (speaking.Count == 0)
            return null;

        var speaker = await plain.Speaker(from, cancellation);
        foreach (var trigger in speaking)
        {
            if (Whom(trigger, from, speaker) is (true, var whom) && await Takes(trigger, from, text, practice, whom, calendar, cancellation) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Whom a rule would act for; none when it answers for a visit and it is not clear for which.</summary>
    private static (bool Known, long? PatientId) Whom(Trigger trigger, TextSender from, long? speaker)
    {
        var answers = trigger.Does.Select(act => act.Answer).OfType<PatientStatus>().ToList();
        if (answers.Count == 0)
            return (true, speaker);
        return from.About(answers[0]) is [var one] ? (true, one) : default;
    }

    private async Task<FoundRule?> Takes(
        Trigger trigger, TextSender from, InboundText text, Practice practice, long? whom, PracticeCalendar calendar, CancellationToken cancellation)
    {
        if (trigger.Hears!.As == HeardAs.Answer && !from.Open.Any(visit => whom is null || visit.PatientId == whom))
            return null;
        var patient = whom is { } id ? await db.FindPatient(id, cancellation) : null;
        var heard = new HeardMessage(text.Id, whom ?? 0, practice.Id, patient is null ? null : await VisitOf(from, patient.Id, cancellation), from.Line.Number);
        return trigger.Filters.Against(heard, patient, calendar.Local(time.Now()).Date) is null ? new FoundRule(trigger, patient, heard, practice) : null;
    }

    /// <summary>The visit that was asked about last, else the patient's next one in this practice.</summary>
    private async Task<Visit?> VisitOf(TextSender from, long patientId, CancellationToken cancellation)
    {
        if (from.LatestOf(patientId) is [{ Appointment: var asked }, ..])
            return new Visit(asked);
        var ahead = await db.FindAhead(patientId, time.Now(), cancellation);
        return ahead.Where(visit => visit.IsLive && visit.PracticeId == from.Line.PracticeId).MinBy(visit => (visit.StartsAt, visit.Id)) is { } next ? new Visit(next) : null;
    }

    private bool During(HeardDuring during, PracticeCalendar calendar) => during switch
    {
        HeardDuring.Open => calendar.IsOpen(time.Now()),
        HeardDuring.AfterHours => !calendar.IsOpen(time.Now()),
        _ => true,
    };
}
