using Artera.Integration.Mapping.Reading;
using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>A mapping's rules, put to resources.</summary>
internal sealed class FhirReading(MappingFile file, RuleSet rules)
{
    private static readonly MappingResult Unreadable = new() { Outcome = MappingOutcome.Held, Causes = [new("unreadable", "resource", "resourceType")] };

    public MappingResult Map(FhirMessage message, MappingContext context) => Safely(() => Understand(message, context, null, null, null), Unreadable);

    public IReadOnlyCollection<string> Needs(FhirMessage message, MappingContext context)
    {
        var needs = new SortedSet<string>(StringComparer.Ordinal);
        if (FhirEvents.ActionOf(message, file.Events) is not (null or EventAction.Ignore))
            Safely(() => Understand(message, context, null, needs, null), Unreadable);
        return needs;
    }

    public MessageKeys Keys(FhirMessage message) => Safely(() => KeysOf(message), default);

    /// <summary>How an appointment refers to the patient whom the mapping knows by an id; null when it names nobody of that id.</summary>
    public string? ActorOf(FhirMessage message, string patientId) => Safely(
        () =>
        {
            var root = PocoNode.Root(message.Focus, null);
            var part = FhirParts.Patients(message, root, null).Find(each => Text(Reader(message, root, each).First<string>(rules[MappingFields.PatientId], Takes.Text)) == patientId);
            return part?.Participant?.Poco is Appointment.ParticipantComponent { Actor: { } actor } ? FhirReference.Key(actor.Reference, actor.Identifier?.System, actor.Identifier?.Value) : null;
        },
        null);

    public Explanation Explain(FhirMessage message, MappingContext context) =>
        Safely(() => Explained(message, context), new() { Result = Unreadable, Event = message.Event, Readings = [], Unread = [] });

    private MessageKeys KeysOf(FhirMessage message)
    {
        var root = PocoNode.Root(message.Focus, null);
        if (FhirParts.Patients(message, root, null) is not [var first, ..])
            return default;
        var reader = Reader(message, root, first);
        var appointment = message.Focus is Appointment ? reader.First<string>(rules[MappingFields.AppointmentId], Takes.Text) : default;
        var action = FhirEvents.ActionOf(message, file.Events);
        return new(
            Text(reader.First<string>(rules[MappingFields.PatientId], Takes.Text)),
            Text(appointment),
            action?.IsRecall() == true ? Text(reader.First<string>(rules[MappingFields.RecallId], Takes.Text)) : null,
            action?.IsReferral() == true ? Text(reader.First<string>(rules[MappingFields.ReferralId], Takes.Text)) : null);
    }

    private static FieldReader Reader(FhirMessage message, PocoNode root, FhirPart part) =>
        new(default, default, [], null) { Subject = new(message, root, part, null, null), Lenient = true };

    private Explanation Explained(FhirMessage message, MappingContext context)
    {
        var (trace, seen) = (new Trace(), new HashSet<string>(StringComparer.Ordinal));
        var result = Understand(message, context, trace, null, seen);
        var action = FhirEvents.ActionOf(message, file.Events);
        if (action is { } known)
            LookAtTheRest(message, known, context, seen);
        return new()
        {
            Result = result,
            Event = message.Event,
            Action = action?.Word(),
            Readings = trace.InOrder,
            Skipped = trace.Skipped,
            Unread = FhirUnread.Of(message, seen),
        };
    }

    private MappingResult Understand(FhirMessage message, MappingContext context, Trace? trace, ISet<string>? needs, HashSet<string>? seen)
    {
        if (FhirEvents.ActionOf(message, file.Events) is not { } action)
        {
            var others = file.Events.Keys.Any(listed => listed.StartsWith($"{message.ResourceType}/", StringComparison.Ordinal));
            return others
                ? new() { Outcome = MappingOutcome.Held, Causes = [new("unknown-code", "events", "status", EventOf(message))] }
                : Ignored(new("not-listed", Path: "resourceType", Value: EventOf(message)));
        }

        return action == EventAction.Ignore
            ? Ignored(new("skipped", Path: "status", Value: EventOf(message)))
            : new FhirMapping(message, action, rules, context, file.Zone ?? context.TimeZone, trace) { Needs = needs, Seen = seen }.Run();
    }

    /// <summary>The sources that were not asked because an earlier one had a value are rules all the same.</summary>
    private void LookAtTheRest(FhirMessage message, EventAction action, MappingContext context, HashSet<string> seen)
    {
        var root = PocoNode.Root(message.Focus, null);
        foreach (var part in FhirParts.Patients(message, root, null))
        {
            var subject = new FhirSubject(message, root, part, context.ReceivedAt, null) { Seen = seen };
            subject.LookAtParts();
            foreach (var rule in rules.All.Where(rule => action.Reads(rule.Field)))
            {
                foreach (var source in rule.Sources.Where(source => source.Expression is not null))
                    _ = subject.Values(rule.Field, source).ToList();
            }
        }
    }

    private static string? Text(Stated<string> stated) => stated.HasValue ? stated.Value : null;

    private static string EventOf(FhirMessage message) => message.Event[..Math.Min(message.Event.Length, 40)];

    /// <summary>A value of another type than its element has is kept by the library, and thrown at whoever asks for it.</summary>
    private static T Safely<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception odd) when (FhirJson.IsOdd(odd))
        {
            return otherwise;
        }
    }

    private static MappingResult Ignored(Cause cause) => new() { Outcome = MappingOutcome.Ignored, Causes = [cause] };
}
