using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using NodaTime;

namespace Artera.Integration.Operations;

/// <summary>
/// The texts that a message would lead to in a practice that has only what every enterprise starts with. A dry run knows no
/// database: what is changed or ends is taken to have been known for a day.
/// </summary>
internal sealed class MapVerbPlans(TextWriter output, DateTimeZone zone, Instant now)
{
    private const string Emr = "main";
    private const string Region = "US";
    private const string BaseLanguage = "en";
    private const string AssumedCell = "+12025550100";
    private readonly PracticeCalendar calendar = new(new Practice { HealthSystemId = 0, Name = "Practice", TimeZone = zone.Id }, []);

    public void Write(MappingResult result)
    {
        var told = result.Events.Select(happened => (happened, subject: SubjectOf(happened))).Where(pair => pair.subject is not null).ToList();
        if (told.Count == 0)
            return;

        var quiet = new OutreachOptions();
        output.WriteLine();
        output.WriteLine("Messages:");
        output.WriteLine($"  as if it came {Local(now)}, for a practice in {zone.Id} with the starting rules, messages from {quiet.DayStart:HH:mm} to {quiet.DayEnd:HH:mm},");
        output.WriteLine($"  no holidays, {BaseLanguage} as base language, and of the patient what this message says");
        foreach (var (happened, subject) in told)
            Write(happened, subject!, quiet.Quiet);
    }

    private void Write(EmrEvent happened, Subject subject, QuietHours quiet)
    {
        var patient = new Patient { Emr = Emr, ExternalId = happened.Patient.Id };
        patient.Take(happened.Patient, Region);
        var assumed = happened.Patient is { Cell.IsNothing: true, Home.IsNothing: true, Work.IsNothing: true, Email.IsNothing: true };
        if (assumed)
            patient.ContactPoints.Add(new ContactPoint { Tag = ContactTag.Cell, Address = AssumedCell });
        output.WriteLine(
            $"  {subject.Module.ToString().ToLower(CultureInfo.InvariantCulture)} {IdOf(happened)} of patient {happened.Patient.Id}"
            + $"{(assumed ? ", whose cell phone is taken to be known from another message" : "")}:");
        var rules = StartingTriggers.Entries.Select(entry => entry.ToTrigger(0, practiceId: null)).Where(trigger => trigger.Module == subject.Module);
        var decided = rules
            .Select(trigger => (trigger, verdict: Planner.Decide(trigger, subject, patient, calendar, quiet, _ => true, now)))
            .Where(pair => pair.verdict is not null)
            .OrderBy(pair => pair.verdict!.Value.Due)
            .ToList();
        foreach (var (trigger, verdict) in decided)
            output.WriteLine($"    {Local(verdict!.Value.Due)}  {trigger.Name}: {Fate(trigger, verdict.Value, patient)}");
        if (decided.Count == 0)
            output.WriteLine("    no rule has anything to say");
    }

    private static string Fate(Trigger trigger, Verdict verdict, Patient patient)
    {
        if (Reasons.InWords(verdict.Reason, verdict.Detail) is { } words)
            return $"not sent, {words}";
        var medium = Reach.For(trigger, patient, _ => true, new HashSet<string>()).Medium;
        return $"{medium.ToString().ToUpperInvariant()} in {Languages.Choose(trigger.Text(medium)!.Body.Keys, patient.Language, BaseLanguage)}";
    }

    private Subject? SubjectOf(EmrEvent happened) => happened switch
    {
        AppointmentChanged { Change: not AppointmentChange.Discontinue } visit => VisitOf(visit),
        RecallChanged recall => RecallOf(recall),
        ReferralChanged referral => ReferralOf(referral),
        _ => null,
    };

    private Visit VisitOf(AppointmentChanged said)
    {
        var known = said.Change == AppointmentChange.Book ? now : now - Duration.FromDays(1);
        var visit = new Appointment { Emr = Emr, ExternalId = said.Appointment.Id, Feed = Emr, PatientId = 0, PracticeId = 0, BookedAt = known, SystemStatusAt = known };
        visit.Take(new RecordAppointment(Emr, Emr, 0, 0, said.Change, said.Appointment, MessageVersion.None, null));
        visit.SystemStatus = visit.StatusAfter(said.Change, said.Appointment.Status, now);
        if (said.Change is not AppointmentChange.Book)
            visit.SystemStatusAt = now;
        if (visit.SystemStatus is EmrStatus.Cancelled or EmrStatus.Deleted)
            visit.CancelledAt = now;
        else if (said.Change == AppointmentChange.Reschedule)
            visit.ChangedAt = now;
        return new Visit(visit);
    }

    private Order RecallOf(RecallChanged said)
    {
        var recall = new Recall { Emr = Emr, ExternalId = said.Id, Feed = Emr, PatientId = 0, CreatedAt = CreatedAt(said.Change) };
        recall.Take(new RecordRecall(Emr, Emr, 0, 0, said, MessageVersion.None, null));
        return Order.Of(recall);
    }

    private Order ReferralOf(ReferralChanged said)
    {
        var referral = new Referral { Emr = Emr, ExternalId = said.Id, Feed = Emr, PatientId = 0, CreatedAt = CreatedAt(said.Change) };
        referral.Take(new RecordReferral(Emr, Emr, 0, 0, said, MessageVersion.None, null), now);
        return Order.Of(referral);
    }

    private Instant CreatedAt(OrderChange change) => change == OrderChange.Active ? now : now - Duration.FromDays(1);

    private static string IdOf(EmrEvent happened) => happened switch
    {
        AppointmentChanged visit => visit.Appointment.Id,
        RecallChanged recall => recall.Id,
        _ => ((ReferralChanged)happened).Id,
    };

    private string Local(Instant instant) => instant.InZone(zone).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
