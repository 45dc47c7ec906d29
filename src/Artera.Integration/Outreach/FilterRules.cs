using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Whether the filters of a trigger let an appointment through, on the data of this moment.</summary>
internal static class FilterRules
{
    /// <returns>What stands in the way, without patient data; null when nothing does.</returns>
    public static string? Against(this TriggerFilters filters, Appointment appointment, Patient patient, LocalDate today) =>
        filters.Against(on => Value(on, appointment), patient, today);

    public static string? Against(this TriggerFilters filters, Order order, Patient patient, LocalDate today) =>
        filters.Against(on => Value(on, order), patient, today);

    private static string? Against(this TriggerFilters filters, Func<FilterOn, string?> value, Patient patient, LocalDate today)
    {
        foreach (var filter in filters.Exclude)
        {
            if (Matches(filter, value, patient, today))
                return $"{Name(filter.On)} is {Values(filter)}";
        }

        foreach (var filter in filters.Include)
        {
            if (!Matches(filter, value, patient, today))
                return $"{Name(filter.On)} is not {Values(filter)}";
        }

        return null;
    }

    /// <summary>Whether the trigger waits for this very status, rather than for another one.</summary>
    public static bool AwaitStatus(this TriggerFilters filters, FilterOn on, Appointment appointment)
    {
        var value = Value(on, appointment);
        return filters.Include.TrueForAll(filter => filter.On != on || Has(filter, value));
    }

    private static bool Matches(TriggerFilter filter, Func<FilterOn, string?> value, Patient patient, LocalDate today) => filter.On switch
    {
        FilterOn.Sex => Has(filter, patient.Sex.ToString()),
        FilterOn.Age => patient.Born is { } born && filter.Values.Exists(range => AgeRange.Contains(range, AgeOn(today, born))),
        _ => Has(filter, value(filter.On)),
    };

    private static string? Value(FilterOn on, Appointment appointment) => on switch
    {
        FilterOn.PatientStatus => Answer(appointment).ToString(),
        FilterOn.SystemStatus => appointment.SystemStatus.ToString(),
        FilterOn.EventType => appointment.TypeCode,
        FilterOn.Location => appointment.LocationCode,
        FilterOn.Provider => appointment.ProviderCode,
        FilterOn.NoResponse => appointment.PatientStatusAt is null ? "Yes" : "No",
        _ => null,
    };

    private static string? Value(FilterOn on, Order order) => on switch
    {
        FilterOn.EventType => order.TypeCode,
        FilterOn.Location => order.LocationCode,
        FilterOn.Provider => order.ProviderCode,
        FilterOn.Priority => order.Priority,
        FilterOn.SchedulingStatus => order.Scheduling,
        FilterOn.AuthorizationStatus => order.Authorization,
        _ => null,
    };

    /// <summary>Whom the EMR has as confirmed need not be asked: that counts as the patient's answer.</summary>
    private static PatientStatus Answer(Appointment appointment) =>
        appointment is { PatientStatus: PatientStatus.Unconfirmed, SystemStatus: EmrStatus.Confirmed }
            ? PatientStatus.Confirmed
            : appointment.PatientStatus;

    private static bool Has(TriggerFilter filter, string? value) =>
        value is not null && filter.Values.Exists(wanted => string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase));

    private static int AgeOn(LocalDate today, LocalDate born) => Period.Between(born, today, PeriodUnits.Years).Years;

    private static string Values(TriggerFilter filter) => string.Join(" or ", filter.Values);

    private static string Name(FilterOn on) => on switch
    {
        FilterOn.PatientStatus => "patient status",
        FilterOn.SystemStatus => "system status",
        FilterOn.EventType => "event type",
        FilterOn.NoResponse => "no response",
        FilterOn.SchedulingStatus => "scheduling status",
        FilterOn.AuthorizationStatus => "authorization status",
        _ => on.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
