using Artera.Integration.Feeds;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>Where a statement comes from: which feed, which version, which stored message.</summary>
/// <param name="ArrivedAt">When it arrived, if that is long ago and nobody is texted about the past.</param>
public sealed record MessageSource(Feed Feed, MessageVersion Version, long InboxMessageId, Instant? ArrivedAt = null);
