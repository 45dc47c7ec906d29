using Artera.Integration.Feeds;

namespace Artera.Integration.WriteBack;

/// <summary>The feeds that hear what became of recalls and referrals.</summary>
public sealed class OrderStatusFeeds(FeedBook feeds)
{
    public IReadOnlyList<Feed> All { get; } = [.. feeds.All.Where(feed => feed.Options.OrderStatus is not null)];

    public string[] Names { get; } = [.. feeds.All.Where(feed => feed.Options.OrderStatus is not null).Select(feed => feed.Name)];

    /// <summary>The feed that spoke of the order, else another feed of the same EMR that listens; null when none does.</summary>
    public Feed? For(string feed, string emr) =>
        All.FirstOrDefault(known => string.Equals(known.Name, feed, StringComparison.OrdinalIgnoreCase)) ?? All.FirstOrDefault(known => known.Emr == emr);
}
