using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A conversation in a list. No patient: an unknown number that nobody has linked yet.</summary>
internal sealed record ChannelRow(
    long Id,
    long LineId,
    long PracticeId,
    long? PatientId,
    string? Given,
    string? Family,
    string Address,
    bool Open,
    bool NeedsAction,
    Instant? OpenedAt,
    Instant LastLineAt,
    string? LastLine) : IAboutPatient
{
    public static ChannelRow Of(ChannelSummary row) => new(
        row.Id, row.LineId, row.PracticeId, row.PatientId, row.Given, row.Family, row.Address, row.IsOpen, row.NeedsAction,
        row.OpenedAt, row.LastLineAt, row.LastLine);
}

/// <summary>One line of a conversation.</summary>
internal sealed record ChannelMessage(
    long Id,
    long? PatientId,
    LineKind Kind,
    Instant At,
    string Body,
    Medium? Medium,
    string? Event,
    string? By,
    long? AppointmentId,
    long? MessageId,
    DeliveryState? Delivery,
    string? FailureCode) : IAboutPatient;

internal static class ChannelRows
{
    public static IQueryable<ChannelRow> AsRows(this IQueryable<PatientChannel> channels, IntegrationDb db) =>
        from channel in channels
        from patient in db.Set<Patient>().Where(row => row.Id == channel.PatientId).DefaultIfEmpty()
        select new ChannelRow(
            channel.Id, channel.LineId, channel.PracticeId, channel.PatientId, patient.Given, patient.Family, channel.Address,
            channel.IsOpen, channel.NeedsAction, channel.OpenedAt, channel.LastLineAt,
            db.Set<ChannelLine>().Where(line => line.ChannelId == channel.Id)
                .OrderByDescending(line => line.At).ThenByDescending(line => line.Id).Select(line => line.Body).FirstOrDefault());

    public static IQueryable<ChannelMessage> AsMessages(this IQueryable<ChannelLine> lines, IntegrationDb db) =>
        from line in lines
        join channel in db.Set<PatientChannel>() on line.ChannelId equals channel.Id
        from message in db.Set<OutboundMessage>().Where(row => row.Id == line.OutboundMessageId).DefaultIfEmpty()
        select new ChannelMessage(
            line.Id, channel.PatientId, line.Kind, line.At, line.Body, line.Medium, line.Event, line.By, line.AppointmentId,
            line.OutboundMessageId, message == null ? null : message.Delivery, message.FailureCode);
}
