using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Components;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Tracing;

/// <summary>What the EMR said of an appointment, and what it was told.</summary>
internal static class EmrSteps
{
    private const int Most = 200;

    /// <summary>The messages that are filed under an appointment or an order, the latest of them when there are very many.</summary>
    /// <param name="emr">Whose feeds may have brought them.</param>
    /// <param name="feed">The feed that spoke of it last, which may have another EMR by now.</param>
    /// <param name="key">See <see cref="SubjectKey"/>.</param>
    public static async Task<List<TraceStep>> Messages(IntegrationDb db, FeedBook feeds, string emr, string feed, string key, CancellationToken cancellation)
    {
        var names = feeds.All.Where(known => known.Emr == emr).Select(known => known.Name).Append(feed).ToHashSet(StringComparer.Ordinal);
        var rows = await db.Set<InboxMessage>().AsNoTracking().AboutAppointment(key)
            .OrderByDescending(row => row.Id).Take(Most).AsRows().ToListAsync(cancellation);
        rows.RemoveAll(row => !names.Contains(row.Feed));
        return [.. rows.Select(Of), .. await Acknowledgements(db, rows.ConvertAll(row => row.Id), cancellation)];
    }

    public static async Task<List<TraceStep>> Acknowledgements(IntegrationDb db, List<long> messages, CancellationToken cancellation)
    {
        if (messages.Count == 0)
            return [];
        var acks = await db.Set<ApplicationAck>().AsNoTracking().Where(ack => messages.Contains(ack.InboxMessageId)).ToListAsync(cancellation);
        return acks.ConvertAll(ack => new TraceStep(ack.SettledAt ?? ack.CreatedAt, TraceStage.Acknowledged, $"message:{ack.InboxMessageId}", $"Application acknowledgement {ack.Code}")
        {
            State = ack.State.ToString(),
            Detail = ack.Cause,
            Sent = MessageText.Of(ack.Message),
            Acknowledgement = MessageText.Of(ack.Reply),
            Tone = ack.State switch
            {
                ApplicationAckState.Taken => Tone.Good,
                ApplicationAckState.Pending => Tone.Wait,
                _ => Tone.Bad,
            },
        });
    }

    /// <summary>The visit that was booked for a recall or a referral.</summary>
    public static async Task<List<TraceStep>> Booked(IntegrationDb db, OrderRow order, CancellationToken cancellation)
    {
        if (order.AppointmentId is not { } booked)
            return [];
        var visits = await db.Set<Appointment>().AsNoTracking().Where(visit => visit.Id == booked).ToListAsync(cancellation);
        return visits.ConvertAll(visit => new TraceStep(
            Instant.Max(visit.BookedAt, order.CreatedAt), TraceStage.Booked, $"appointment:{visit.Id}", $"The visit {visit.ExternalId} was booked for it")
        {
            Due = visit.StartsAt,
            Tone = Tone.Good,
        });
    }

    public static TraceStep Of(FeedMessageRow row) => new(row.ReceivedAt, TraceStage.Received, $"message:{row.Id}", $"{row.Event} {row.ControlId}")
    {
        State = row.State.ToString(),
        Detail = string.Join(" · ", new[]
        {
            row.CauseInWords, row.AckCode.Length > 0 ? $"answered {row.AckCode}" : row.Event.Contains('^', StringComparison.Ordinal) ? "no acknowledgement asked for" : "",
            row.Resends == 0 ? "" : $"sent again {row.Resends}×", row.Feed,
        }.Where(part => part.Length > 0)),
        Tone = Tones.Of(row.State),
    };

    public static async Task<List<TraceStep>> WriteBacks(IntegrationDb db, long appointmentId, CancellationToken cancellation)
    {
        var rows = await db.Set<PendingWriteBack>().AsNoTracking().Where(row => row.AppointmentId == appointmentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        var steps = new List<TraceStep>();
        foreach (var row in rows)
        {
            var queued = new TraceStep(row.CreatedAt, TraceStage.WrittenBack, $"writeback:{row.Id}", $"The EMR is to hear: {Words.Of(row.Status).ToLowerInvariant()}") { Detail = $"answered by {row.By}" };
            steps.Add(row.SettledAt is null ? Settled(queued, row) : queued);
            if (row.SettledAt is { } at)
                steps.Add(Settled(new TraceStep(at, TraceStage.WrittenBack, queued.About, Ending(row.State)), row));
        }

        return steps;
    }

    private static TraceStep Settled(TraceStep step, PendingWriteBack row) => step with
    {
        State = row.State.ToString(),
        Detail = string.Join(" · ", new[] { row.Cause, row.Attempts > 1 ? $"{row.Attempts} attempts" : null, row.SettledAt is null ? $"answered by {row.By}" : null }.OfType<string>()),
        Due = row.SettledAt is null ? row.DueAt : null,
        Sent = MessageText.Of(row.Sent),
        Acknowledgement = MessageText.Of(row.Acknowledgement),
        Tone = Tones.Of(row.State),
    };

    private static string Ending(WriteBackState state) => state switch
    {
        WriteBackState.Done => "The EMR has it",
        WriteBackState.Superseded => "A later answer or the EMR's own news took its place",
        WriteBackState.Dropped => "A person took care of it",
        _ => "The EMR did not take it: a person must look",
    };
}
