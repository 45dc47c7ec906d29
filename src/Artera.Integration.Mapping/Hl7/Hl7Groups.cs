namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// The groups of a message (HL7 v2 chapters 3, 4, 10, 11). Senders leave group segments out and send others out of
/// order, so a message with at most one group of a kind is one range as a whole, and a group ends where the next begins.
/// </summary>
public static class Hl7Groups
{
    private static readonly uint Pid = SegmentSpan.KeyOf("PID");
    private static readonly uint Mrg = SegmentSpan.KeyOf("MRG");
    private static readonly uint[] AfterPatients = [.. Keys("SCH", "RGS", "AIS", "AIG", "AIL", "AIP", "ORC", "OBR", "ARQ", "RF1", "PRD")];
    private static readonly uint[] Resources = [.. Keys("RGS", "AIS", "AIG", "AIL", "AIP", "NTE")];

    /// <summary>One range a patient: SIU of a group visit (§10.4), ADT^A24 with its two.</summary>
    /// <param name="message">The message.</param>
    /// <returns>At least one; the whole message when it names at most one patient.</returns>
    public static Hl7Range[] Patients(Hl7Message message) => Split(message, "PID", AfterPatients, stopsAt: true);

    /// <summary>One range a resource group (§10.4): an S13 may delete one and add another.</summary>
    /// <param name="message">The message.</param>
    /// <returns>At least one; the whole message when it has at most one RGS.</returns>
    public static Hl7Range[] ResourceGroups(Hl7Message message) => Split(message, "RGS", Resources, stopsAt: false);

    /// <summary>One range an order (ORM, OMG, §4.4): an ORC with what follows it, or an OBR where no ORC is sent.</summary>
    /// <param name="message">The message.</param>
    /// <returns>At least one; the whole message when it has at most one order.</returns>
    public static Hl7Range[] Orders(Hl7Message message) =>
        Split(message, message.Whole.Segment("ORC") is null ? "OBR" : "ORC", [SegmentSpan.KeyOf("PID")], stopsAt: true);

    /// <summary>One range a provider with its contact (REF, §11.6): a PRD and the CTD segments behind it.</summary>
    /// <param name="message">The message.</param>
    /// <returns>At least one; the whole message when it has at most one PRD.</returns>
    public static Hl7Range[] Providers(Hl7Message message) => Split(message, "PRD", [SegmentSpan.KeyOf("CTD")], stopsAt: false);

    /// <summary>
    /// One range a merge, move or link: each MRG with the PID before it (§3.3: A18, A34 to A36, A40 to A51). The pair
    /// repeats in A39 structures, and one PID may have several MRG in A45.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>One for each MRG; none when there is no MRG.</returns>
    public static Hl7Range[] Merges(Hl7Message message)
    {
        var spans = message.Spans;
        var all = Starts(spans, Mrg, 0, spans.Length);
        if (all.Count == 0) return [];
        if (Starts(spans, Pid, 0, spans.Length) is [var firstPatient, _, ..] && all[0] < firstPatient) return Split(message, "MRG", [], stopsAt: true);

        List<Hl7Range> merges = [];
        foreach (var patient in Patients(message))
        {
            var from = patient.Segments[0].Index;
            var to = from + patient.Segments.Count;
            var found = Starts(spans, Mrg, from, to);
            for (var i = 0; i < found.Count; i++)
            {
                var end = i + 1 < found.Count ? found[i + 1] : to;
                merges.Add(new Hl7Range(message, new(found[i], end, found[0], to), null).With(patient));
            }
        }

        return [.. merges];
    }

    private static Hl7Range[] Split(Hl7Message message, string start, uint[] names, bool stopsAt)
    {
        var spans = message.Spans;
        var starts = Starts(spans, SegmentSpan.KeyOf(start), 0, spans.Length);
        if (starts.Count < 2) return [message.Whole];

        var end = starts[^1] + 1;
        while (end < spans.Length && names.Contains(spans[end].Key) != stopsAt) end++;
        var ranges = new Hl7Range[starts.Count];
        for (var i = 0; i < ranges.Length; i++)
            ranges[i] = new(message, new(starts[i], i + 1 < starts.Count ? starts[i + 1] : end, starts[0], end, stopsAt ? names : null), null);
        return ranges;
    }

    private static List<int> Starts(ReadOnlySpan<SegmentSpan> spans, uint key, int from, int to)
    {
        List<int> found = [];
        for (var i = from; i < to; i++)
        {
            if (spans[i].Key == key) found.Add(i);
        }

        return found;
    }

    private static IEnumerable<uint> Keys(params string[] names) => names.Select(SegmentSpan.KeyOf);
}
