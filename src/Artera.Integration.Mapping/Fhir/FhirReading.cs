using Artera.Integration.Mapping.Reading;
using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>A mapping's rules, put to resources.</summary>
internal sealed class FhirReading(MappingFile file, RuleSet rules)
{
    public MappingResult Map(FhirMessage message, MappingContext context) => Understand(message, context, null, null, null);

    public IReadOnlyCollection<string> Needs(FhirMessage message, MappingContext context)
    {
        var needs = new SortedSet<string>(StringComparer.Ordinal);
        if (FhirEvents.ActionOf(message, file.Events) is not (null or EventAction.Ignore))
            Understand(message, context, null, needs, null);
        return needs;
    }

    public MessageKeys Keys(FhirMessage message)
    {
        var root = PocoNode.Root(message.Focus, null);
        if (FhirParts.Patients(message, root, null) is not [var first, ..])
            return default;
        var reader = new FieldReader(default, default, [], null) { Subject = new(message, root, first, null, null), Lenient = true };
        var appointment = message.Focus is Appointment ? reader.First<string>(rules[MappingFields.AppointmentId], Takes.Text) : default;
        return new(Text(reader.First<string>(rules[MappingFields.PatientId], Takes.Text)), Text(appointment));
    }

    public Explanation Explain(FhirMessage message, MappingContext context)
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

    private static MappingResult Ignored(Cause cause) => new() { Outcome = MappingOutcome.Ignored, Causes = [cause] };
}
