using Artera.Integration.Appointments;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>What is known of a number on a line when a text from it is read.</summary>
/// <param name="Language">BCP-47: of whoever was asked last, else of the first whose number it is, else the enterprise's.</param>
/// <param name="People">The patients whose number it is, and those who were asked at it.</param>
/// <param name="Open">Visits asked about and not answered, the latest asked first.</param>
/// <param name="Answered">Visits whose answer can still be changed, the latest asked first.</param>
internal sealed record TextSender(
    Line Line,
    string Number,
    string Language,
    bool OptedOut,
    IReadOnlyList<TextSender.Person> People,
    IReadOnlyList<AskedVisit> Open,
    IReadOnlyList<AskedVisit> Answered,
    WhoIsThis? Who,
    Instant HeldSince)
{
    /// <summary>Somebody whose number it may be.</summary>
    /// <param name="FirstName">As it may be shown to whoever holds the phone.</param>
    /// <param name="Language">BCP-47; the enterprise's when the EMR has not said.</param>
    public sealed record Person(long Id, string? FirstName, string Language);

    /// <summary>The list that waits for a choice.</summary>
    public WhoIsThis? Waiting => Who is { InboundTextId: not null } && Who.AskedAt > HeldSince ? Who : null;

    /// <summary>The patient whom the number chose in this conversation, until another one is asked about.</summary>
    public long? Held => Who is { ChosenPatientId: { } chosen, ChosenAt: { } at } && at > HeldSince
        && !Open.Any(visit => visit.PatientId != chosen && visit.Question.AskedAt > at)
            ? chosen
            : null;

    /// <summary>Whom anything but an answer is about; null when that cannot be known.</summary>
    public long? Whose => Held ?? OnlyOne(Open.Select(visit => visit.PatientId)) ?? OnlyOne(People.Select(person => person.Id));

    /// <summary>
    /// Whom an answer is about: nobody was asked; one patient; or several, of whom the sender has to choose. A
    /// chosen patient who has answered already stays among them only if the answer would change something.
    /// </summary>
    public IReadOnlyList<long> About(PatientStatus answer)
    {
        var asked = Patients(Open);
        var answered = Patients(Answered);
        if (Held is { } chosen)
        {
            if (asked.Contains(chosen) || (asked.Count == 0 && answered.Contains(chosen)))
                return [chosen];
            if (answered.Contains(chosen) && Changes(chosen, answer))
                return [chosen, .. asked];
        }

        if (asked.Count > 0 || answered.Count < 2)
            return asked.Count > 0 ? asked : answered;
        var changed = answered.FindAll(patient => Changes(patient, answer));
        return changed.Count > 0 ? changed : [Answered[0].PatientId];
    }

    /// <summary>The visits of the message that asked a patient last.</summary>
    public IReadOnlyList<AskedVisit> LatestOf(long patientId)
    {
        var visits = Open.Any(visit => visit.PatientId == patientId) ? Open : Answered;
        var latest = visits.FirstOrDefault(visit => visit.PatientId == patientId);
        return latest is null
            ? []
            : [.. visits.Where(visit => visit.PatientId == patientId && visit.Question.OutboundMessageId == latest.Question.OutboundMessageId)];
    }

    private bool Changes(long patientId, PatientStatus answer) =>
        LatestOf(patientId).Any(visit => visit.Appointment.PatientStatus != answer);

    /// <summary>In the order in which they were asked.</summary>
    private static List<long> Patients(IReadOnlyList<AskedVisit> visits) =>
        [.. visits.Reverse().Select(visit => visit.PatientId).Distinct()];

    private static long? OnlyOne(IEnumerable<long> patients) => patients.Distinct().Take(2).ToList() is [var only] ? only : null;
}
