using Artera.Integration.Mapping.Golden;
using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>How two mappings differ in what they make of one message.</summary>
public static class MeaningChanges
{
    /// <summary>Compares what is understood, field by field; a message that is ignored or held has no fields.</summary>
    /// <param name="before">What one mapping makes of the message.</param>
    /// <param name="after">What the other makes of it.</param>
    /// <param name="zone">The zone in which starts are shown.</param>
    /// <returns>The fields that differ, in the order of the mapping language; of a message that tells of several things, all of them in turn.</returns>
    public static IReadOnlyList<FieldChange> Between(MappingResult before, MappingResult after, DateTimeZone zone)
    {
        var changes = new List<FieldChange>();
        for (var i = 0; i < Math.Max(before.Events.Count, after.Events.Count); i++)
        {
            var (was, now) = (Fields(before, i, zone), Fields(after, i, zone));
            changes.AddRange(now.Keys.Concat(was.Keys).Distinct(StringComparer.Ordinal)
                .Select(field => new FieldChange(field, was.GetValueOrDefault(field), now.GetValueOrDefault(field)))
                .Where(change => change.Before != change.After));
        }

        return changes;
    }

    private static Dictionary<string, string> Fields(MappingResult result, int index, DateTimeZone zone) => index < result.Events.Count
        ? EventFields.Of(result.Events[index], new(zone, "")).Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!, StringComparer.Ordinal)
        : [];
}

/// <summary>A field that two mappings read differently.</summary>
/// <param name="Field">The mapping's field, such as <c>appointment.type</c>; <c>event</c> and <c>change</c> say what happened.</param>
/// <param name="Before">What it was, <c>~</c> when erased; null when nothing was stated. May be the patient's data.</param>
/// <param name="After">What it is; null when nothing is stated. May be the patient's data.</param>
public sealed record FieldChange(string Field, string? Before, string? After)
{
    /// <summary>What happened, rather than what is said of the patient: no patient data.</summary>
    public bool IsKindOfEvent => Field is "event" or "change";
}
