using NodaTime;

namespace Artera.Integration.Outreach.Hearing;

/// <summary>An inbound message, as the filters and phrases of a rule look at it: its line, and the visit that it is most likely about.</summary>
/// <param name="About">Null when none is known.</param>
/// <param name="LineNumber">E.164.</param>
internal sealed record HeardMessage(long Id, long PatientId, long? PracticeId, Visit? About, string LineNumber) : Subject(
    TriggerModule.InboundMessage, Id, PatientId, PracticeId, About?.Emr ?? "",
    About?.TypeCode, About?.ProviderCode, About?.ProviderText, About?.LocationCode, About?.LocationText)
{
    public override Instant? AnchorOf(Trigger trigger, PracticeCalendar calendar) => null;

    public override (string? Reason, string? Detail) Obstacle(Trigger trigger, PracticeCalendar calendar, Instant now) => default;

    public override (string? Reason, string? Detail) TooLate(Trigger trigger, DueTime due, PracticeCalendar calendar) => default;

    public override Instant? NotAfter(Trigger trigger) => null;

    public override string? Value(FilterOn on) => on == FilterOn.Line ? LineNumber : About?.Value(on);
}
