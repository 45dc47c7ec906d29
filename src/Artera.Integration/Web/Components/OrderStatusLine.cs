using Artera.Integration.Data;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Components;

/// <summary>A status for the EMR with the recall or the referral that it is about.</summary>
public sealed record OrderStatusLine(OrderStatusRow Row, string Name, string ExternalId, string Emr, Code Type, long? PracticeId)
{
    public string Address => $"/trace/{(Row.Kind == OrderKind.Recall ? "recall" : "referral")}/{Row.OrderId}";
}

internal static class OrderStatusLines
{
    public static async Task<IReadOnlyList<OrderStatusLine>> AsLines(this IQueryable<PendingOrderStatus> statuses, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = await statuses.AsRows(db).ToListAsync(cancellation);
        var (called, sent) = (Ids(OrderKind.Recall), Ids(OrderKind.Referral));
        var recalls = await db.Set<Recall>().Where(order => called.Contains(order.Id))
            .Select(order => new { order.Id, order.ExternalId, order.Emr, order.TypeCode, order.TypeText, order.PracticeId }).ToDictionaryAsync(order => order.Id, cancellation);
        var referrals = await db.Set<Referral>().Where(order => sent.Contains(order.Id))
            .Select(order => new { order.Id, order.ExternalId, order.Emr, order.TypeCode, order.TypeText, order.PracticeId }).ToDictionaryAsync(order => order.Id, cancellation);
        var patients = rows.Select(row => row.PatientId).Distinct().ToList();
        var names = await db.Set<Patient>().Where(patient => patients.Contains(patient.Id))
            .Select(patient => new { patient.Id, patient.Given, patient.Family, patient.ExternalId }).ToDictionaryAsync(patient => patient.Id, cancellation);
        return rows.ConvertAll(row =>
        {
            var order = row.Kind == OrderKind.Recall ? recalls[row.OrderId] : referrals[row.OrderId];
            var patient = names[row.PatientId!.Value];
            return new OrderStatusLine(
                row, Words.Name(patient.Given, patient.Family, patient.ExternalId), order.ExternalId, order.Emr, new Code(order.TypeCode, order.TypeText), order.PracticeId);
        });

        List<long> Ids(OrderKind kind) => rows.Where(row => row.Kind == kind).Select(row => row.OrderId).Distinct().ToList();
    }
}
