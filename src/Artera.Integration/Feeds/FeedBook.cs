using System.Collections.Frozen;

namespace Artera.Integration.Feeds;

/// <summary>The feeds by name.</summary>
public sealed class FeedBook
{
    private readonly FrozenDictionary<string, Feed> feeds;

    internal FeedBook(IEnumerable<Feed> feeds)
    {
        All = [.. feeds];
        this.feeds = All.ToFrozenDictionary(feed => feed.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of the settings.</summary>
    public IReadOnlyList<Feed> All { get; }

    /// <summary>Null for a name that the settings do not know (any more).</summary>
    public Feed? Find(string name) => feeds.GetValueOrDefault(name);
}
