using System.Globalization;

namespace Artera.Integration.Operations.Simulate;

/// <summary>Counts messages by trigger, and sets what changed settings make of them against today's.</summary>
internal sealed class SimulationReport(TextWriter output, bool everyone)
{
    private const int ShownUnasked = 20;
    private readonly SortedDictionary<string, (int Today, int Then)> counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> differences = new(StringComparer.Ordinal);
    private int shown;

    public int Messages { get; private set; }

    public int Different { get; private set; }

    public void Add(List<SimulatedMessage> today)
    {
        foreach (var message in today)
        {
            Count(message, 1, 1);
            if (everyone)
                output.WriteLine($"  {Said(message)}");
        }
    }

    public void Add(List<SimulatedMessage> today, List<SimulatedMessage> then)
    {
        foreach (var message in today)
        {
            Count(message, 1, 0);
            var same = Same(then, message);
            if (same is null)
                Differs("no longer sent", "-", message);
            else if (same.Due != message.Due)
                Differs("at another time", "~", message, $" -> {Moment(same)}");
            else if (same.Medium != message.Medium || same.Language != message.Language || same.Text != message.Text || same.Line != message.Line)
                Differs("in other words", "~", message, " (another text, language, medium or line)");
        }

        foreach (var message in then)
        {
            Count(message, 0, 1);
            if (Same(today, message) is null)
                Differs("sent in addition", "+", message);
        }
    }

    /// <summary>A rule speaks of a visit once; of the visits of a day in one message or more.</summary>
    private static SimulatedMessage? Same(List<SimulatedMessage> others, SimulatedMessage message) =>
        others.Find(other => other.Trigger == message.Trigger && other.SubjectId == message.SubjectId) ?? (others is [var only] && only.Trigger == message.Trigger && only.Merged is not null ? only : null);

    public void Close(bool compared)
    {
        if (Different > shown)
            output.WriteLine($"  ... and {Different - shown} more; --all shows them");
        output.WriteLine(compared ? $"{"",-40} {"today",9} {"then",9}" : $"{"",-40} {"messages",9}");
        foreach (var (trigger, (today, then)) in counts)
            output.WriteLine(compared ? $"{trigger,-40} {today,9} {then,9}" : $"{trigger,-40} {today,9}");
        foreach (var (what, count) in differences)
            output.WriteLine($"{what,-40} {count,9}");
    }

    private void Differs(string what, string sign, SimulatedMessage message, string more = "")
    {
        Different++;
        differences[what] = differences.GetValueOrDefault(what) + 1;
        if (!everyone && shown >= ShownUnasked)
            return;
        shown++;
        output.WriteLine($"{sign} {Said(message)}{more}");
    }

    private void Count(SimulatedMessage message, int today, int then)
    {
        Messages += today;
        var (before, after) = counts.GetValueOrDefault(message.Trigger);
        counts[message.Trigger] = (before + today, after + then);
    }

    private static string Said(SimulatedMessage message) =>
        $"{Moment(message)}  {message.Trigger}: patient {message.Patient}, {message.Module.ToString().ToLowerInvariant()} {message.SubjectId.ToString(CultureInfo.InvariantCulture)}, {message.Medium.ToString().ToUpperInvariant()} in {message.Language}, {message.Practice}{(message.Visits > 1 ? $", {message.Visits} visits together" : "")}";

    private static string Moment(SimulatedMessage message) => message.Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
