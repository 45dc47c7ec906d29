using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using NodaTime;

namespace Artera.Integration.Operations.Simulate;

/// <summary>A visit as it stood at a moment that may be past: what has happened since had not happened yet.</summary>
internal static class Then
{
    public static Subject Of(Subject subject, Instant at)
    {
        if (subject is not Visit { Appointment: var visit } || Latest(visit) <= at)
            return subject;
        var answered = visit.PatientStatusAt <= at;
        var cancelled = visit.CancelledAt <= at;
        return new Visit(new Appointment
        {
            Emr = visit.Emr,
            ExternalId = visit.ExternalId,
            Feed = visit.Feed,
            PatientId = visit.PatientId,
            PracticeId = visit.PracticeId,
            StartsAt = visit.StartsAt,
            DayOnly = visit.DayOnly,
            TypeCode = visit.TypeCode,
            ProviderCode = visit.ProviderCode,
            ProviderText = visit.ProviderText,
            LocationCode = visit.LocationCode,
            LocationText = visit.LocationText,
            DeviceCode = visit.DeviceCode,
            GeneralCode = visit.GeneralCode,
            BookedAt = visit.BookedAt,
            ChangedAt = visit.ChangedAt,
            CancelledAt = cancelled ? visit.CancelledAt : null,
            PatientStatus = answered ? visit.PatientStatus : PatientStatus.Unconfirmed,
            PatientStatusAt = answered ? visit.PatientStatusAt : null,
            SystemStatus = visit.SystemStatusAt <= at ? visit.SystemStatus : EmrStatus.Booked,
            SystemStatusAt = visit.SystemStatusAt <= at ? visit.SystemStatusAt : visit.BookedAt,
            ReplacesId = visit.ReplacesId,
            ReplacedById = cancelled ? visit.ReplacedById : null,
        });
    }

    /// <summary>From when on its messages could be planned.</summary>
    public static Instant KnownSince(Subject subject) => subject switch
    {
        Visit { Appointment: var visit } => Instant.Max(visit.BookedAt, visit.ChangedAt ?? visit.BookedAt),
        Order order => order.CreatedAt,
        _ => Instant.MinValue,
    };

    private static Instant Latest(Appointment visit) =>
        Instant.Max(visit.SystemStatusAt, Instant.Max(visit.PatientStatusAt ?? Instant.MinValue, visit.CancelledAt ?? Instant.MinValue));
}
