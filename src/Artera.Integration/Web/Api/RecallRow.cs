using Artera.Integration.Recalls;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A call to come back.</summary>
/// <param name="Status">What the EMR says.</param>
public sealed record RecallRow(LocalDate? DueOn, RecallStatus Status) : OrderRow
{
    internal static RecallRow Of(Recall row, OrderStanding? standing) => new(row.DueOn, row.Status)
    {
        Id = row.Id,
        Emr = row.Emr,
        ExternalId = row.ExternalId,
        Feed = row.Feed,
        PatientId = row.PatientId,
        PracticeId = row.PracticeId,
        Type = new Code(row.TypeCode, row.TypeText),
        Priority = row.Priority,
        Provider = new Code(row.ProviderCode, row.ProviderText),
        Location = new Code(row.LocationCode, row.LocationText),
        Open = row.IsOpen,
        AppointmentId = row.AppointmentId,
        InTheEmr = standing,
        CreatedAt = row.CreatedAt,
    };
}
