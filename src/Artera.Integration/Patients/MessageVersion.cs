using System.Globalization;
using NodaTime;

namespace Artera.Integration.Patients;

/// <summary>Which message a state comes from: its time (MSH-7) and, within one second, its control id (MSH-10).</summary>
public sealed record MessageVersion(Instant SentAt, string ControlId)
{
    public static readonly MessageVersion None = new(NodaConstants.UnixEpoch, "");

    /// <summary>True when this message may not overwrite what <paramref name="newer"/> has said.</summary>
    public bool IsOlderThan(MessageVersion newer) =>
        SentAt != newer.SentAt ? SentAt < newer.SentAt : InOrder(ControlId, newer.ControlId) < 0;

    private static int InOrder(string left, string right) =>
        long.TryParse(left, CultureInfo.InvariantCulture, out var leftNumber) && long.TryParse(right, CultureInfo.InvariantCulture, out var rightNumber)
            ? leftNumber.CompareTo(rightNumber)
            : string.CompareOrdinal(left, right);
}
