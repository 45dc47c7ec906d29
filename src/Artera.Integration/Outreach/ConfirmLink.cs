using System.Buffers.Binary;
using Artera.Integration.Appointments;
using Artera.Integration.Delivery.Links;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>What <c>{eventConfirmLink}</c> leads to: the visits that a message told of, and until when that held. It names no patient.</summary>
internal sealed record ConfirmLink(IReadOnlyList<ConfirmLink.Told> Visits)
{
    private const int MinuteBytes = sizeof(uint);
    private static readonly Instant Epoch = Instant.FromUtc(2020, 1, 1, 0, 0);

    /// <param name="Until">The start as it was told; for a day without a time, the day's end.</param>
    public sealed record Told(long AppointmentId, Instant Until);

    /// <summary>Links end with the visit.</summary>
    public Instant ExpiresAt => Visits.Max(told => told.Until);

    /// <returns>Null when no visit has a start.</returns>
    public static string? For(LinkSigner signer, IEnumerable<Visit> visits)
    {
        var content = new List<byte>();
        foreach (var visit in visits.Select(visit => visit.Appointment))
        {
            if (visit.LastsUntil() is not { } until)
                continue;
            var minute = new byte[MinuteBytes];
            BinaryPrimitives.WriteUInt32BigEndian(minute, (uint)(until - Epoch).TotalMinutes);
            content.AddRange(minute);
            for (var rest = (ulong)visit.Id; ; rest >>= 7)
            {
                content.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0u)));
                if (rest <= 0x7F)
                    break;
            }
        }

        return content.Count == 0 ? null : signer.Url(LinkPurpose.Confirm, [.. content]);
    }

    /// <returns>Null when we have not made the link.</returns>
    public static ConfirmLink? Read(LinkSigner signer, string token)
    {
        if (signer.Open(LinkPurpose.Confirm, token) is not { } content)
            return null;
        var visits = new List<Told>();
        for (var at = 0; at < content.Length;)
        {
            var until = Epoch + Duration.FromMinutes(BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(at, MinuteBytes)));
            at += MinuteBytes;
            var id = 0L;
            for (var shift = 0; ; shift += 7)
            {
                id |= (long)(content[at] & 0x7F) << shift;
                if (content[at++] < 0x80)
                    break;
            }

            visits.Add(new Told(id, until));
        }

        return new ConfirmLink(visits);
    }
}

internal static class Answerable
{
    private static readonly Duration Day = Duration.FromDays(1);

    /// <summary>Until when an answer means something, to the minute: the start, or the end of the day where only that is known.</summary>
    public static Instant? LastsUntil(this Appointment visit)
    {
        var until = visit.DayOnly ? visit.StartsAt + Day : visit.StartsAt;
        return until is { } exact ? Instant.FromUnixTimeSeconds(exact.ToUnixTimeSeconds() / 60 * 60) : null;
    }
}
