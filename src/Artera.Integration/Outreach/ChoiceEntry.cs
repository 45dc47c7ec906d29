namespace Artera.Integration.Outreach;

/// <summary>What a practice makes of a default, as people write it in a YAML file.</summary>
public sealed class ChoiceEntry
{
    /// <summary>Null: as the default.</summary>
    public bool? Running { get; set; }

    /// <summary>What must hold here beside the default's own filters.</summary>
    public Dictionary<FilterOn, List<string>> Only { get; set; } = [];

    /// <summary>What must not hold here, beside the default's own filters.</summary>
    public Dictionary<FilterOn, List<string>> Never { get; set; } = [];

    internal TriggerFilters Filters => TriggerFilters.Of(Only, Never);

    internal static ChoiceEntry Of(PracticeChoice choice) => new()
    {
        Running = choice.Running,
        Only = choice.Filters.Include.ToDictionary(filter => filter.On, filter => filter.Values),
        Never = choice.Filters.Exclude.ToDictionary(filter => filter.On, filter => filter.Values),
    };
}
