using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>What the numbers of a notification say, after those of the ones before. Pure.</summary>
/// <param name="Seen">How far has been counted now.</param>
/// <param name="First">The first that is missing; with <paramref name="Last"/> null when none is.</param>
/// <param name="Late">Numbers below what was counted: they come late, or again.</param>
internal readonly record struct EventCount(long Seen, long? First, long? Last, IReadOnlyList<long> Late)
{
    /// <param name="said">An event, a heartbeat or a handshake.</param>
    /// <param name="seen">How far was counted before; null when nothing was.</param>
    /// <returns>Null when it has no numbers.</returns>
    public static EventCount? After(FhirNotification said, long? seen)
    {
        if (said.EventsSinceStart is null && said.Numbers.Count == 0)
            return null;
        var isEvent = said.Kind == FhirNotificationKind.Event;
        IReadOnlyList<long> brought = !isEvent ? [] : said.Numbers.Count > 0 ? said.Numbers : [said.EventsSinceStart!.Value];
        var top = brought.Count > 0 ? brought.Max() : said.EventsSinceStart ?? 0;
        // A handshake begins anew, and so does a server that counts from one again.
        if (seen is not { } before || said.Kind == FhirNotificationKind.Handshake || (brought.Contains(1) && top < before))
            return new(top, null, null, []);
        if (top <= before)
            return new(before, null, null, brought);
        var until = brought.Count > 0 ? brought.Where(number => number > before).Min() - 1 : top;
        return new(top, until > before ? before + 1 : null, until > before ? until : null, [.. brought.Where(number => number <= before)]);
    }
}
