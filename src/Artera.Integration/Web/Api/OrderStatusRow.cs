using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>What became of a recall or a referral, for the EMR to hear.</summary>
/// <param name="OrderId">Our id of the recall or the referral.</param>
/// <param name="AppointmentId">The visit that was booked for it.</param>
/// <param name="Key">The file's name and first column.</param>
public sealed record OrderStatusRow(
    long Id,
    string Feed,
    OrderKind Kind,
    long OrderId,
    long? PatientId,
    OrderStatus Status,
    long? AppointmentId,
    WriteBackState State,
    string? Cause,
    int Attempts,
    string Key,
    Instant CreatedAt,
    Instant DueAt,
    Instant? SettledAt) : IAboutPatient;

internal static class OrderStatusRows
{
    public static IQueryable<OrderStatusRow> AsRows(this IQueryable<PendingOrderStatus> rows, IntegrationDb db) => rows.Select(row => new OrderStatusRow(
        row.Id, row.Feed, row.Kind, row.OrderId,
        row.Kind == OrderKind.Recall
            ? db.Set<Recall>().Where(order => order.Id == row.OrderId).Select(order => (long?)order.PatientId).FirstOrDefault()
            : db.Set<Referral>().Where(order => order.Id == row.OrderId).Select(order => (long?)order.PatientId).FirstOrDefault(),
        row.Status, row.AppointmentId, row.State, row.Cause, row.Attempts, row.Key, row.CreatedAt, row.DueAt, row.SettledAt));
}
