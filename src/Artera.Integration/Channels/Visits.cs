using Artera.Integration.Appointments;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Channels;

internal static class Visits
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("ddd, MMM d, uuuu 'at' h:mm tt");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("ddd, MMM d, uuuu");

    /// <summary>Where the patient and the visit's practice talk; null while no practice owns the visit.</summary>
    public static async Task<PatientChannel?> ChannelOf(
        this ChannelBook book,
        Appointment appointment,
        EnterpriseDirectory directory,
        CancellationToken cancellation)
    {
        if (appointment.PracticeId is not { } practice)
            return null;
        var line = directory.LineOf(appointment.Emr, ResourceKind.Location, appointment.LocationCode, practice);
        return await book.LastUsed(appointment.PatientId, practice, line?.Id, cancellation);
    }

    /// <summary>Date and time in the practice's zone, in English: event messages are for staff.</summary>
    public static string WhenInWords(this Appointment appointment, EnterpriseDirectory directory)
    {
        if (appointment.StartsAt is not { } start || appointment.PracticeId is not { } practice)
            return "a time not yet known";
        var local = start.InZone(directory.Practice(practice).Zone).LocalDateTime;
        return appointment.DayOnly ? Day.Format(local.Date) : Time.Format(local);
    }
}
