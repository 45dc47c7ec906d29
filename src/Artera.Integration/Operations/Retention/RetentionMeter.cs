using System.Diagnostics.Metrics;

namespace Artera.Integration.Operations.Retention;

internal sealed class RetentionMeter(IMeterFactory meters)
{
    private readonly Counter<long> removed = meters.Create("Artera.Integration")
        .CreateCounter<long>("artera.retention.removed", description: "Rows, or bytes of messages, removed because they were old");

    public void Removed(string what, int count)
    {
        if (count > 0)
            removed.Add(count, new KeyValuePair<string, object?>("what", what));
    }
}
