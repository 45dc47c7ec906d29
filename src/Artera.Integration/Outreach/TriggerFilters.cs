namespace Artera.Integration.Outreach;

/// <summary>What must hold for a trigger to send. Values of one filter are OR-ed, filters AND-ed, and any exclusion wins.</summary>
public sealed record TriggerFilters
{
    public List<TriggerFilter> Include { get; init; } = [];

    public List<TriggerFilter> Exclude { get; init; } = [];

    internal static TriggerFilters Of(Dictionary<FilterOn, List<string>> only, Dictionary<FilterOn, List<string>> never) => new()
    {
        Include = [.. only.Select(entry => new TriggerFilter(entry.Key, entry.Value))],
        Exclude = [.. never.Select(entry => new TriggerFilter(entry.Key, entry.Value))],
    };

    /// <summary>Both must let a message through.</summary>
    internal TriggerFilters And(TriggerFilters more) => new() { Include = [.. Include, .. more.Include], Exclude = [.. Exclude, .. more.Exclude] };
}

/// <param name="On">What is looked at.</param>
/// <param name="Values">Names of statuses, codes of event types or resources, <c>Female</c>, <c>18-64</c>, …</param>
public sealed record TriggerFilter(FilterOn On, List<string> Values);

public enum FilterOn
{
    PatientStatus,
    SystemStatus,
    EventType,
    Location,
    Provider,
    Sex,
    Age,
    Priority,
    SchedulingStatus,
    AuthorizationStatus,
    NoResponse,
    Device,
    General,

    /// <summary>The line that an inbound message came to, by its number.</summary>
    Line,
}
