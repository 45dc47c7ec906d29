using NodaTime;

namespace Artera.Integration.Operations.Simulate;

/// <summary>
/// Messages of rules that tell a patient's visits of one day in one message: kept until all are known, then told as they
/// would be sent. The one that is due first takes along what is planned by then.
/// </summary>
internal sealed class Gathering(IReadOnlyCollection<string> triggers, int settings)
{
    private readonly Dictionary<Key, List<SimulatedMessage>[]> kept = [];

    /// <returns>What need not wait.</returns>
    public List<SimulatedMessage>[] Keep(IReadOnlyList<List<SimulatedMessage>> told)
    {
        for (var at = 0; at < told.Count; at++)
        {
            foreach (var message in told[at].Where(message => triggers.Contains(message.Trigger)))
            {
                var key = new Key(message.Trigger, message.Practice, message.Patient, message.Day);
                if (!kept.TryGetValue(key, out var lists))
                    kept[key] = lists = [.. Enumerable.Range(0, settings).Select(_ => new List<SimulatedMessage>())];
                lists[at].Add(message);
            }
        }

        return [.. told.Select(list => list.FindAll(message => !triggers.Contains(message.Trigger)))];
    }

    public void Tell(Action<IReadOnlyList<List<SimulatedMessage>>> told)
    {
        foreach (var lists in kept.Values)
            told([.. lists.Select(Together)]);
        kept.Clear();
    }

    private static List<SimulatedMessage> Together(List<SimulatedMessage> messages)
    {
        var together = new List<SimulatedMessage>();
        var left = messages.OrderBy(message => message.Due).ThenBy(message => message.SubjectId).ToList();
        while (left.Count > 0)
        {
            var first = left[0];
            var taken = first.Merged is null ? [first] : left.FindAll(message => message == first || (message.Merged is not null && message.Known <= first.Due));
            together.Add(taken.Count > 1 ? first with { Text = first.Merged!, Visits = taken.Count } : first);
            left.RemoveAll(taken.Contains);
        }

        return together;
    }

    private readonly record struct Key(string Trigger, string Practice, string Patient, LocalDate? Day);
}
