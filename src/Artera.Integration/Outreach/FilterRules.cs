using System.Globalization;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Whether the filters of a trigger let a message through, on the data of this moment.</summary>
internal static class FilterRules
{
    /// <returns>What stands in the way, without patient data; null when nothing does.</returns>
    public static string? Against(this TriggerFilters filters, Subject? subject, Patient? patient, LocalDate today)
    {
        foreach (var filter in filters.Exclude)
        {
            if (Matches(filter, subject, patient, today))
                return $"{Name(filter.On)} is {Values(filter)}";
        }

        foreach (var filter in filters.Include)
        {
            if (!Matches(filter, subject, patient, today))
                return $"{Name(filter.On)} is not {Values(filter)}";
        }

        return null;
    }

    /// <summary>Whether the trigger waits for the very status that is there, rather than for another one.</summary>
    public static bool Await(this TriggerFilters filters, FilterOn on, Subject subject) =>
        filters.Include.TrueForAll(filter => filter.On != on || Has(filter, subject.Value(on)));

    private static bool Matches(TriggerFilter filter, Subject? subject, Patient? patient, LocalDate today) => filter.On switch
    {
        FilterOn.Sex => Has(filter, patient?.Sex.ToString()),
        FilterOn.Age => patient?.Born is { } born && filter.Values.Exists(range => AgeRange.Contains(range, AgeOn(today, born))),
        _ => Has(filter, subject?.Value(filter.On)),
    };

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
