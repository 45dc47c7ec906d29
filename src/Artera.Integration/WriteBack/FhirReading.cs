using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.WriteBack;

/// <summary>What a FHIR server's answers mean for an answer of a patient.</summary>
internal static class FhirReading
{
    /// <summary>Whether there is still something to say, by what the server itself says of the visit; the same rules as <see cref="Relevance"/>.</summary>
    public static Ending? Ending(FhirOrder order, FhirVisitNow visit)
    {
        var verb = order.Request.Verb;
        return visit.Status switch
        {
            "cancelled" or "entered-in-error" => verb == WriteBackVerb.Cancel
                ? new(WriteBackState.Done, Causes.AlreadyCancelled)
                : new(WriteBackState.Parked, Causes.Cancelled),
            "noshow" => new(WriteBackState.Parked, Causes.NoShow),
            "arrived" or "checked-in" or "fulfilled" => new(WriteBackState.Superseded, Causes.VisitBegan),
            "proposed" or "waitlist" => new(WriteBackState.Parked, Causes.NotBooked),
            _ when order.Start is { } start && visit.Start != start => verb == WriteBackVerb.Reschedule
                ? new(WriteBackState.Superseded, Causes.Moved)
                : new(WriteBackState.Parked, Causes.Moved),
            _ => null,
        };
    }

    /// <summary>Why the appointment could not be read; nothing has left.</summary>
    public static WriteOutcome WhyNot(FhirExchange read) => read switch
    {
        { Kind: FhirExchangeKind.NotSent } => new WriteOutcome.Unreachable(read.Code),
        { Kind: FhirExchangeKind.NoAnswer } => new WriteOutcome.TryAgain(read.Code, []),
        { Status: 404 or 410 } => new WriteOutcome.Overtaken(WriteBackState.Parked, Causes.Gone, read.ToBytes()),
        { Status: 401 or 429 or 503 } => new WriteOutcome.Unreachable(read.Code, read.AskedFor),
        { Status: 408 or 409 or 423 or >= 500 } => new WriteOutcome.TryAgain(read.Code, read.ToBytes()),
        _ => new WriteOutcome.Refused(read.Code, read.ToBytes()),
    };

    /// <summary>What came of the request. A server error may hide that it was done: the next attempt reads first.</summary>
    public static WriteOutcome Of(FhirExchange sent) => sent switch
    {
        { Kind: FhirExchangeKind.NotSent } => new WriteOutcome.Unreachable(sent.Code),
        { Kind: FhirExchangeKind.NoAnswer } => new WriteOutcome.Unknown(sent.Code, null),
        { IsSuccess: true } => new WriteOutcome.Taken(sent.ToBytes()),
        { Status: 401 or 429 or 503 } => new WriteOutcome.Unreachable(sent.Code, sent.AskedFor),
        { Status: 409 or 412 or 423 or 424 or 425 } => new WriteOutcome.TryAgain(sent.Code, sent.ToBytes()),
        { Status: 408 or >= 500 } => new WriteOutcome.Unknown(sent.Code, sent.ToBytes()),
        _ => new WriteOutcome.Refused(sent.Code, sent.ToBytes()),
    };
}
