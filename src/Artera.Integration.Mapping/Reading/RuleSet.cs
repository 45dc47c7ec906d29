using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>The compiled rules of one mapping, by field.</summary>
internal sealed class RuleSet
{
    private readonly CompiledRule?[] rules = new CompiledRule?[MappingFields.All.Count];

    public RuleSet(MappingFile file)
    {
        foreach (var rule in file.Rules.Values)
            rules[rule.Field.Index] = CompiledRule.Compile(rule, file.Tables);
        Skip = [.. file.Skip];
    }

    public SkipRule[] Skip { get; }

    public CompiledRule? this[MappingField field] => rules[field.Index];

    public IEnumerable<CompiledRule> All => rules.OfType<CompiledRule>();

    /// <summary>Every place that an event of this action is read from.</summary>
    public IEnumerable<Hl7Path> Reads(EventAction action) => rules.OfType<CompiledRule>()
        .Where(rule => action.Reads(rule.Field))
        .SelectMany(rule => rule.Sources)
        .SelectMany(source => source.Reads)
        .Concat(Skip.Select(rule => rule.When).OfType<Hl7Path>());
}
