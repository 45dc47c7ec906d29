using System.Diagnostics.CodeAnalysis;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Mapping.Reading;

namespace Artera.Integration.Mapping;

/// <summary>
/// A mapping made ready for messages: pure, safe to share between threads, and it never throws because of what a
/// message contains.
/// </summary>
public sealed partial class Mapper
{
    private readonly MappingFile file;
    private readonly RuleSet rules;
    private readonly FhirReading fhir;

    private Mapper(MappingFile file)
    {
        this.file = file;
        rules = new(file);
        fhir = new(file, rules);
    }

    /// <summary>The mapping.</summary>
    public MappingFile File => file;

    /// <summary>What goes back to the EMR, or null when nothing does.</summary>
    public WriteBackTemplate? WriteBack => file.WriteBack;

    /// <summary>Compiles a mapping; do it once, and again when the mapping changes.</summary>
    public static Mapper Compile(MappingFile file) => new(file);

    /// <summary>What a message means.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">What the feed lends: its time zone.</param>
    /// <returns>Its events; or that it is ignored or held, and why.</returns>
    public MappingResult Map(Hl7Message message, MappingContext context) => Understand(message, context, trace: null);

    /// <summary>The identifiers by which a message is filed and kept in order; no table is looked at and nothing is held.</summary>
    /// <param name="message">The message; a group visit is filed under its first patient.</param>
    public MessageKeys Keys(Hl7Message message)
    {
        if (ActionOf(message) is not { } action || action == EventAction.Ignore)
            return new(Key(message, MappingFields.PatientId), null);
        var patient = Key(message, MappingFields.PatientId);
        if (action.IsRecall())
            return new(patient, null, RecallId: Key(message, MappingFields.RecallId));
        if (action.IsReferral())
            return new(patient, null, ReferralId: Key(message, MappingFields.ReferralId));
        var appointment = action.IsAppointment() ? MappingFields.AppointmentId : action is EventAction.MoveVisit or EventAction.RenumberVisit ? MappingFields.Moved : null;
        return new(patient, appointment is null ? null : Key(message, appointment));
    }

    /// <summary>How a message comes to mean what it means; for dry runs, with the patient's data in it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">What the feed lends.</param>
    public Explanation Explain(Hl7Message message, MappingContext context)
    {
        var trace = new Trace();
        var result = Understand(message, context, trace);
        var action = ActionOf(message);
        return new()
        {
            Result = result,
            Event = message.Event,
            Action = action?.Word(),
            Readings = trace.InOrder,
            Skipped = trace.Skipped,
            Unread = UnreadFields.Of(message, action is { } known ? rules.Reads(known) : []),
        };
    }

    /// <summary>Builds the message that tells the EMR a patient's answer.</summary>
    /// <param name="request">The answer; its last message decides what the answer is based on.</param>
    /// <param name="message">The message, with CR line ends, to be framed and sent.</param>
    /// <param name="problem">
    /// Why there is none: <c>not-supported</c> (the EMR does not take this answer), <c>other-appointment</c> (the message
    /// would not name the one that is meant, as the mapping reads it), <c>unreadable</c> (the last message cannot be
    /// read), <c>missing</c> (a minimal message needs the start).
    /// </param>
    public bool TryWriteBack(WriteBackRequest request, [NotNullWhen(true)] out byte[]? message, [NotNullWhen(false)] out Cause? problem) =>
        new WriteBackMessage(this, rules, request).TryBuild(out message, out problem);

    private MappingResult Understand(Hl7Message message, MappingContext context, Trace? trace)
    {
        if (ActionOf(message) is not { } action)
            return Ignored(new("not-listed", Path: "MSH-9", Value: EventOf(message)));
        if (action == EventAction.Ignore)
            return Ignored(new("skipped", Path: "MSH-9", Value: EventOf(message)));
        return new MessageMapping(message, action, rules, new(file.Zone ?? context.TimeZone, message.SentAt), trace).Run();
    }

    private EventAction? ActionOf(Hl7Message message) =>
        file.Events.TryGetValue(message.Event, out var action) || file.Events.TryGetValue($"{message.MessageType}^*", out action) ? action : null;

    private string? Key(Hl7Message message, MappingField field)
    {
        foreach (var source in rules[field]?.Sources ?? [])
        {
            if (source.Path is { } path && message.Get(path).Text.Trim() is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    private static MappingResult Ignored(Cause cause) => new() { Outcome = MappingOutcome.Ignored, Causes = [cause] };

    private static string EventOf(Hl7Message message) => message.Event[..Math.Min(message.Event.Length, 20)];
}
