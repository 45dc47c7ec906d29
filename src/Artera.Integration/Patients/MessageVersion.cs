using System.Globalization;
using NodaTime;

namespace Artera.Integration.Patients;

/// <summary>
/// Which message a state comes from: its time (MSH-7, meta.lastUpdated) and, within one second, its control id (MSH-10) or
/// version (meta.versionId).
/// </summary>
public sealed record MessageVersion(Instant SentAt, string ControlId)
{
    public static readonly MessageVersion None = new(NodaConstants.UnixEpoch, "");

    /// <summary>A version that its server counts and gives no time: when it arrived says nothing, another count of the same says all.</summary>
    private const string Counted = "v";

    /// <param name="lastUpdated">meta.lastUpdated, or null.</param>
    /// <param name="versionId">meta.versionId, or null.</param>
    /// <param name="arrivedAt">When it came.</param>
    public static MessageVersion OfResource(Instant? lastUpdated, string? versionId, Instant arrivedAt) => lastUpdated is { } at
        ? new(at, versionId ?? "")
        : new(arrivedAt, Number(versionId) is null ? versionId ?? "" : Counted + versionId);

    /// <summary>True when this message may not overwrite what <paramref name="newer"/> has said.</summary>
    public bool IsOlderThan(MessageVersion newer) =>
        Count is { } count && newer.Count is { } other ? count < other : SentAt != newer.SentAt ? SentAt < newer.SentAt : InOrder(ControlId, newer.ControlId) < 0;

    private long? Count => ControlId.StartsWith(Counted, StringComparison.Ordinal) ? Number(ControlId[Counted.Length..]) : null;

    private static int InOrder(string left, string right) =>
        Number(left) is { } leftNumber && Number(right) is { } rightNumber ? leftNumber.CompareTo(rightNumber) : string.CompareOrdinal(left, right);

    private static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
