using Artera.Integration.Mapping;
using NodaTime;

namespace Artera.Integration.Appointments;

internal static class StatedAppointment
{
    public static void Take(this Appointment appointment, RecordAppointment request)
    {
        var facts = request.Facts;
        appointment.Feed = request.Feed;
        appointment.Version = request.Version;
        appointment.InboxMessageId = request.InboxMessageId ?? appointment.InboxMessageId;

        if (facts.Start.HasValue)
            (appointment.StartsAt, appointment.DayOnly) = (facts.Start.Value.At, facts.Start.Value.DayOnly);
        appointment.Series = facts.Series.Over(appointment.Series);
        appointment.Minutes = facts.Minutes.Select<int?>(minutes => minutes).Over(appointment.Minutes);
        (appointment.TypeCode, appointment.TypeText) = facts.Type.Over(appointment.TypeCode, appointment.TypeText);
        (appointment.ProviderCode, appointment.ProviderText) = facts.Provider.Over(appointment.ProviderCode, appointment.ProviderText);
        (appointment.LocationCode, appointment.LocationText) = facts.Location.Over(appointment.LocationCode, appointment.LocationText);
        appointment.DeviceCode = facts.Device.Select<string?>(device => device.Code).Over(appointment.DeviceCode);
        appointment.GeneralCode = facts.General.Select<string?>(general => general.Code).Over(appointment.GeneralCode);
    }

    /// <summary>The trigger event decides; the status code refines a booking or a change only.</summary>
    public static EmrStatus StatusAfter(this Appointment appointment, AppointmentChange change, Stated<EmrStatus> stated, Instant now) =>
        change switch
        {
            AppointmentChange.Cancel => EmrStatus.Cancelled,
            AppointmentChange.Delete => EmrStatus.Deleted,
            AppointmentChange.NoShow => EmrStatus.NoShow,
            AppointmentChange.Discontinue when appointment.StartsAt is { } start && start <= now => appointment.SystemStatus,
            AppointmentChange.Discontinue => EmrStatus.Cancelled,
            _ when stated.HasValue => stated.Value,
            AppointmentChange.Book or AppointmentChange.Reschedule => EmrStatus.Booked,
            _ => appointment.SystemStatus,
        };
}
