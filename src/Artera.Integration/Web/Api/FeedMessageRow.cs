using System.ComponentModel;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A message in a list: how it fared, not what it says.</summary>
public sealed record FeedMessageRow(
    long Id,
    string Feed,
    Instant ReceivedAt,
    string Event,
    string ControlId,
    InboxState State,
    string? Cause,
    string? CausePath,
    string? CauseValue,
    string? CauseTable,
    string AckCode,
    bool AckDelivered,
    int Resends,
    int Attempts,
    Instant? SettledAt,
    [property: Description("What is odd about it without being wrong, such as control-id-reused.")] string? Note,
    [property: Description("It was applied long after it came, and nobody was texted about the past.")] bool Quiet)
{
    /// <summary>The cause in one line, or nothing.</summary>
    public string CauseInWords => string.Join(' ', new[] { Cause, CausePath, CauseValue, CauseTable }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>A message with what it says and what its sender was told.</summary>
public sealed record FeedMessageDetail(
    FeedMessageRow Message, string? PatientKey, string? AppointmentKey, long? PatientId, string Raw, string? Ack) : IAboutPatient
{
    public static async Task<FeedMessageDetail?> Read(FeedBook feeds, IntegrationDb db, string feed, long id, CancellationToken cancellation)
    {
        var found = db.Set<InboxMessage>().AsNoTracking().Where(row => row.Id == id && row.Feed == feed);
        if (await found.AsRows().SingleOrDefaultAsync(cancellation) is not { } row)
            return null;

        var said = await found.Select(message => new { message.Raw, message.Ack, message.PatientKey, message.AppointmentKey }).SingleAsync(cancellation);
        var emr = feeds.Find(feed)?.Emr ?? feed;
        var patient = await db.Set<PatientIdentifier>().Where(known => known.Emr == emr && known.ExternalId == said.PatientKey)
            .Select(known => (long?)known.PatientId).SingleOrDefaultAsync(cancellation);
        return new FeedMessageDetail(row, said.PatientKey, said.AppointmentKey, patient, MessageText.Of(said.Raw)!, MessageText.Of(said.Ack));
    }
}

internal static class FeedMessageRows
{
    /// <summary>The messages with these ids, in their order.</summary>
    public static async Task<List<FeedMessageRow>> RowsOf(this IQueryable<InboxMessage> messages, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var rows = await messages.AsNoTracking().Where(row => ids.Contains(row.Id)).AsRows().ToDictionaryAsync(row => row.Id, cancellation);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    public static IQueryable<FeedMessageRow> AsRows(this IQueryable<InboxMessage> messages) => messages.Select(row => new FeedMessageRow(
        row.Id, row.Feed, row.ReceivedAt, row.Event, row.ControlId, row.State, row.Cause, row.CausePath, row.CauseValue, row.CauseTable,
        row.AckCode, row.AckDelivered, row.Resends, row.Attempts, row.SettledAt, row.Note, row.Quiet));
}
