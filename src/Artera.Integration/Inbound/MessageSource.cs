using Artera.Integration.Feeds;
using Artera.Integration.Patients;

namespace Artera.Integration.Inbound;

/// <summary>Where a statement comes from: which feed, which version, which stored message.</summary>
public sealed record MessageSource(Feed Feed, MessageVersion Version, long InboxMessageId);
