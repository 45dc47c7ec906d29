using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.WriteBack;

/// <summary>One status of a recall or a referral as a CSV file of one row. It appears whole or not at all.</summary>
internal sealed class OrderStatusFile
{
    private const string Header = "key,said-at,kind,order,patient,status,appointment,start";

    private static readonly OffsetDateTimePattern Moment = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>");

    private readonly string name;
    private readonly byte[] content;

    private OrderStatusFile(string name, byte[] content) => (this.name, this.content) = (name, content);

    /// <summary>Worded with the patient's identifier of this moment: after a merge the survivor's.</summary>
    public static async Task<OrderStatusFile> Of(PendingOrderStatus row, Feed feed, IntegrationDb db, CancellationToken cancellation)
    {
        var (order, patientId) = await Order(row, db, cancellation);
        var patient = await db.Set<Patient>().Where(known => known.Id == patientId).Select(known => known.ExternalId).SingleAsync(cancellation);
        var visit = row.AppointmentId is { } id
            ? await db.Set<Appointment>().Where(known => known.Id == id).Select(known => new { known.ExternalId, known.StartsAt }).SingleOrDefaultAsync(cancellation)
            : null;
        string[] fields =
        [
            row.Key, Local(row.CreatedAt), row.Kind.ToString(), order, patient, row.Status.ToString(), visit?.ExternalId ?? "",
            visit?.StartsAt is { } start ? Local(start) : "",
        ];
        return new(row.Key, Encoding.UTF8.GetBytes($"{Header}\r\n{string.Join(',', fields.Select(CsvWriter.Quoted))}\r\n"));

        string Local(Instant instant) => Moment.Format(instant.InZone(feed.Zone).ToOffsetDateTime());
    }

    public async Task PutInto(string folder, CancellationToken cancellation)
    {
        var half = Path.Combine(folder, $".{name}.tmp");
        Directory.CreateDirectory(folder);
        await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(half, Path.Combine(folder, $"{name}.csv"), overwrite: true);
    }

    private static async Task<(string Order, long PatientId)> Order(PendingOrderStatus row, IntegrationDb db, CancellationToken cancellation)
    {
        var found = row.Kind == OrderKind.Recall
            ? await db.Set<Recall>().Where(order => order.Id == row.OrderId).Select(order => new { order.ExternalId, order.PatientId }).SingleAsync(cancellation)
            : await db.Set<Referral>().Where(order => order.Id == row.OrderId).Select(order => new { order.ExternalId, order.PatientId }).SingleAsync(cancellation);
        return (found.ExternalId, found.PatientId);
    }
}
