namespace Artera.Integration.Outreach.Campaigns;

/// <summary>Whom a campaign without a list goes to: patients who have, or had, a visit at its practice. All that is named must hold.</summary>
public sealed record Audience
{
    /// <summary>Visits from this day on.</summary>
    public DateOnly? SeenFrom { get; init; }

    /// <summary>Visits before this day.</summary>
    public DateOnly? SeenBefore { get; init; }

    /// <summary>Codes of visit types, one of which it was.</summary>
    public List<string> EventTypes { get; init; } = [];

    public List<string> Locations { get; init; } = [];

    public List<string> Providers { get; init; } = [];

    /// <summary><c>18-64</c>, <c>65+</c>.</summary>
    public List<string> Ages { get; init; } = [];

    /// <summary><c>Female</c>, <c>Male</c>, …</summary>
    public List<string> Sexes { get; init; } = [];

    /// <summary>BCP-47; <c>es</c> takes <c>es-MX</c> too.</summary>
    public List<string> Languages { get; init; } = [];

    internal TriggerFilters OfThePatient => TriggerFilters.Of(
        new Dictionary<FilterOn, List<string>> { [FilterOn.Age] = Ages, [FilterOn.Sex] = Sexes }.Where(filter => filter.Value.Count > 0).ToDictionary(), []);
}
