using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping;

/// <summary>
/// Makes a schedule request (SRM^S01 to S11, HL7 v2 chapter 10 §10.4) of a notification: what SCH says stands in ARQ there.
/// A status (SCH-25) and who filled it have no place in a request; neither has TQ1.
/// </summary>
internal static class ScheduleRequest
{
    /// <summary>The segment that names the appointment in a request.</summary>
    public const string Segment = "ARQ";

    // From SCH, to ARQ: ids, occurrence, group, schedule, reasons, type, duration; the placer's people; who entered it; parents and orders.
    private static readonly (int From, int To)[] Places =
    [
        (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 9), (10, 10),
        (12, 15), (13, 16), (14, 17), (15, 18), (20, 19), (21, 20), (22, 21), (23, 22), (24, 23), (26, 24), (27, 25),
    ];

    public static bool Is(string messageEvent) => messageEvent.StartsWith("SRM^", StringComparison.Ordinal);

    /// <summary>Whether a field of SCH is carried over.</summary>
    public static bool Has(int field) => field == 11 || Array.Exists(Places, place => place.From == field);

    public static void Make(Hl7MessageBuilder builder)
    {
        foreach (var notification in All(builder, "SCH"))
        {
            var (fields, start, end) = (Fields(notification), Raw(builder, "SCH-11.4"), Raw(builder, "SCH-11.5"));
            builder.Add(Segment, notification).Remove(notification);
            foreach (var (to, raw) in fields)
                builder.SetRaw(Hl7Path.Parse($"{Segment}-{to}"), raw);

            // A range of time where the request is for one: its first moment alone is one, too.
            if (start.Length > 0)
                builder.SetRaw(Hl7Path.Parse($"{Segment}-11.1"), start);
            if (end.Length > 0)
                builder.SetRaw(Hl7Path.Parse($"{Segment}-11.2"), end);
        }

        foreach (var timing in All(builder, "TQ1"))
            builder.Remove(timing);
    }

    private static List<(int To, string Raw)> Fields(Hl7Segment notification) =>
        [.. Places.Select(place => (place.To, Raw: Encoding.UTF8.GetString(notification.Repetitions(place.From).Raw))).Where(field => field.Raw.Length > 0)];

    private static string Raw(Hl7MessageBuilder builder, string path) => Encoding.UTF8.GetString(builder.Message.Get(Hl7Path.Parse(path)).Raw);

    /// <summary>The last first, so that taking one away moves none that is still to come.</summary>
    private static IEnumerable<Hl7Segment> All(Hl7MessageBuilder builder, string name)
    {
        for (var i = builder.Message.Segments.Count - 1; i > 0; i--)
        {
            if (builder.Message.Segments[i].Name == name)
                yield return builder.Message.Segments[i];
        }
    }
}
