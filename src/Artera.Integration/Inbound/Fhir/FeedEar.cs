using System.Collections.Concurrent;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Counts the notifications that this node took in since it was last asked.</summary>
internal sealed class FeedEar
{
    private readonly ConcurrentDictionary<string, int> heard = new(StringComparer.Ordinal);

    public void Heard(string feed, int count = 1) => heard.AddOrUpdate(feed, count, (_, known) => known + count);

    public int Take(string feed) => heard.TryRemove(feed, out var count) ? count : 0;
}
