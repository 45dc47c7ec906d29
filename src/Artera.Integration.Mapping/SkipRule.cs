using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping;

/// <summary>
/// Messages that mean nothing to patients. Values compare without regard to case; a trailing <c>*</c> stands for
/// anything, the empty text for no value.
/// </summary>
internal sealed record SkipRule(string Written, Hl7Path? When, IReadOnlyList<string> Values, bool Negated, string Because)
{
    /// <summary>The events that the rule is for, such as <c>SIU^S12</c> and <c>ORM^*</c>; none: all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Where to look in a FHIR resource.</summary>
    public FhirExpression? Expression { get; init; }

    public bool IsFor(string type, string trigger) => Events.Count == 0 || Events.Contains($"{type}^{trigger}") || Events.Contains($"{type}^*");

    public bool IsFor(FhirMessage message) =>
        Events.Count == 0 || Events.Contains(message.Event) || Events.Contains(message.ResourceType) || Events.Contains($"{message.ResourceType}/*");

    public bool Matches(string text) => Has(text) != Negated;

    /// <summary>True when the rule is for what one of the texts says; without any, for the empty text.</summary>
    public bool Matches(IReadOnlyCollection<string> texts) => (texts.Count == 0 ? Has("") : texts.Any(Has)) != Negated;

    private bool Has(string text) => Values.Any(value => Matches(value, text));

    private static bool Matches(string value, string text) => value.Length > 1 && value[^1] == '*'
        ? text.AsSpan().StartsWith(value.AsSpan(0, value.Length - 1), StringComparison.OrdinalIgnoreCase)
        : string.Equals(value, text, StringComparison.OrdinalIgnoreCase);
}
