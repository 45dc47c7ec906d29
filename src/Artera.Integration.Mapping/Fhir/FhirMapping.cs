using Artera.Integration.Mapping.Reading;
using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>One resource on its way through the rules: each of its patients becomes an event.</summary>
internal sealed class FhirMapping(FhirMessage message, EventAction action, RuleSet rules, MappingContext context, NodaTime.DateTimeZone zone, Trace? trace)
{
    private readonly PocoNode root = PocoNode.Root(message.Focus, null);
    private readonly MessageClock clock = new(zone, "");
    private readonly List<EmrEvent> events = [];
    private readonly List<Cause> causes = [];
    private bool held;

    /// <summary>Filled with the references that the rules follow and that are not at hand; null when nobody wants to know.</summary>
    public ISet<string>? Needs { get; init; }

    /// <summary>Filled with every primitive element that a rule looked at; null when nobody wants to know.</summary>
    public HashSet<string>? Seen { get; init; }

    public MappingResult Run()
    {
        var patients = FhirParts.Patients(message, root, Needs);
        if (patients.Count == 0 && action.IsAppointment())
            return new() { Outcome = MappingOutcome.Ignored, Causes = [new("skipped", Path: "participant", Because: "no patient takes part")] };
        if (patients.Count == 0)
            patients = [new(new Patient(), null, IsWhole: false)];
        for (var i = 0; i < patients.Count; i++)
        {
            if (trace is not null)
                trace.Group = i + 1;
            var subject = Subject(patients[i]);
            if (!IsSkipped(subject))
                Read(subject, patients[i], sharesId: patients.Count > 1);
        }

        return new()
        {
            Outcome = held ? MappingOutcome.Held : events.Count == 0 ? MappingOutcome.Ignored : MappingOutcome.Understood,
            Events = held ? [] : events,
            Causes = causes,
        };
    }

    private void Read(FhirSubject subject, FhirPart part, bool sharesId)
    {
        var reader = Reader(subject);
        switch (action)
        {
            case EventAction.UpdatePatient or EventAction.MergePatient:
                if (action == EventAction.UpdatePatient || FhirLinks.Replacing(message) is null)
                    events.Add(Whole(new PatientUpdated { Patient = PatientReading.Read(reader, rules) }, part));
                Merge(subject, reader);
                break;
            case EventAction.Recall or EventAction.CancelRecall or EventAction.CompleteRecall:
                events.Add(Whole(OrderReading.Recall(reader, rules, action), part));
                break;
            case EventAction.Referral or EventAction.CancelReferral or EventAction.CompleteReferral:
                events.Add(Whole(OrderReading.Referral(reader, rules, action), part));
                break;
            default:
                events.Add(Whole(AppointmentReading.Read(reader, rules, action, sharesId), part));
                break;
        }

        held |= reader.Held;
    }

    /// <summary>Patient.link: who replaces this patient, or whom this one replaces.</summary>
    private void Merge(FhirSubject subject, FieldReader reader)
    {
        subject.Look(root.Child("link") is { } links ? links.FirstOrDefault() : null);
        foreach (var (other, survives) in FhirLinks.Of(message))
        {
            var linked = FhirParts.Find(message, other, null, Needs);
            var others = Reader(Subject(linked));
            others.Lenient = reader.Lenient = true;
            var (survivor, losing) = survives ? (others, reader) : (reader, others);
            var facts = PatientReading.Read(survivor, rules);
            var retired = losing.Required(rules[MappingFields.PatientId], MappingFields.PatientId);
            if (retired == facts.Id && retired.Length > 0)
            {
                reader.Lenient = false;
                reader.Hold(new("circular-merge", MappingFields.PatientId.Name, "link.other"));
            }

            held |= facts.Id.Length == 0 || retired.Length == 0 || others.Held;
            events.Add(Whole(new PatientsMerged { Patient = facts, LosingId = retired }, survives ? linked : new((Patient)message.Focus, null, IsWhole: true)));
        }

        reader.Lenient = false;
    }

    /// <summary>A resource says all there is: what it has no value for, the patient does not have any more.</summary>
    private EmrEvent Whole(EmrEvent happened, FhirPart part)
    {
        var own = ReferenceEquals(part.Patient, message.Focus);
        if (part.IsWhole)
            happened = happened with { Patient = FhirSnapshot.Of(happened.Patient, rules, causes) };
        return own ? happened : happened with { PatientAsOf = AsOf(part) };
    }

    private static FactsVersion AsOf(FhirPart part) => part.IsWhole
        ? new(FhirTimes.InstantOf(part.Patient.Meta?.LastUpdatedElement), $"{part.Patient.Meta?.VersionId}")
        : new(FhirTimes.InstantOf(part.Patient.Meta?.LastUpdatedElement), "", SaysNothing: part.Patient.Meta is null);

    private FhirSubject Subject(FhirPart part) => new(message, root, part, context.ReceivedAt ?? message.LastUpdated, Needs) { Seen = Seen };

    private FieldReader Reader(FhirSubject subject) => new(default, clock, causes, trace) { Subject = subject };

    private bool IsSkipped(FhirSubject subject)
    {
        foreach (var rule in rules.Skip)
        {
            var texts = rule.IsFor(message) ? subject.Texts(rule.Expression!).ToList() : null;
            if (texts is null || !rule.Matches(texts))
                continue;
            var cause = new Cause("skipped", Path: rule.Written, Value: rule.Negated ? null : texts.FirstOrDefault(), Because: rule.Because);
            if (!causes.Contains(cause))
                causes.Add(cause);
            trace?.Skipped.Add($"{rule.Written}: {rule.Because}");
            return true;
        }

        return false;
    }
}
