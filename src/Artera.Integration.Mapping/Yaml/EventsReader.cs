using System.Text.RegularExpressions;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads <c>events</c> and <c>skip</c>: which messages mean what, and which mean nothing.</summary>
internal sealed partial class EventsReader(MappingErrors errors, MessageForm form)
{
    public static readonly IReadOnlyList<string> SkipKeys = ["on", "when", "is", "is-not", "because"];

    public Dictionary<string, EventAction> Events(YamlNode node)
    {
        Dictionary<string, EventAction> events = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, body) in errors.Entries(node, "events"))
        {
            EventName(name);
            if (errors.Text(body, "an event") is not { } word)
                continue;
            if (EventActions.WordsOf(form).TryGetValue(word.Value, out var action))
                events[name.Value] = action;
            else
                errors.Unknown(word, "event action", EventActions.WordsOf(form).Keys);
        }

        return events;
    }

    /// <summary>True for one message event, such as <c>SIU^S14</c>.</summary>
    public static bool IsEvent(string text) => EventForm().IsMatch(text) && text[^1] != '*';

    public List<SkipRule> Skip(YamlNode node)
    {
        if (node is not YamlList list)
        {
            errors.Add(node.Place, "skip takes a list of rules such as { when: SCH-8.1, is: [BLOCK], because: holds are not visits }");
            return [];
        }

        return [.. list.Items.Select(Rule).OfType<SkipRule>()];
    }

    private SkipRule? Rule(YamlNode node)
    {
        Dictionary<string, YamlNode> parts = new(StringComparer.Ordinal);
        foreach (var (key, value) in errors.Entries(node, "a skip rule"))
        {
            if (SkipKeys.Contains(key.Value))
                parts[key.Value] = value;
            else
                errors.Unknown(key, "key", SkipKeys, "skip.");
        }

        var negated = parts.ContainsKey("is-not");
        if (!parts.TryGetValue("when", out var when) || !parts.TryGetValue("because", out var because) || negated == parts.ContainsKey("is"))
        {
            errors.Add(node.Place, "a skip rule needs when, because, and one of is and is-not");
            return null;
        }

        var events = parts.TryGetValue("on", out var on) ? errors.Texts(on, "on").Where(EventName).Select(text => text.Value).ToList() : [];
        var values = errors.Texts(parts[negated ? "is-not" : "is"], "is").Select(text => text.Value).ToList();
        if (errors.Text(when, "when") is not { } path || errors.Text(because, "because") is not { } reason)
            return null;
        var rule = new SkipRule(path.Value, null, values, negated, reason.Value) { Events = events };
        if (form == MessageForm.Fhir)
            return new FhirSourceReader(errors).Expression(path, path.Value) is { } expression ? rule with { Expression = expression } : null;
        return new SourceReader(errors).Path(path, path.Value) is { } parsed ? rule with { When = parsed } : null;
    }

    private bool EventName(YamlText text)
    {
        if (form == MessageForm.Fhir)
            return FhirEventName(text);
        if (EventForm().IsMatch(text.Value))
            return true;
        var meant = text.Value.ToUpperInvariant().Replace('_', '^').Replace('-', '^');
        errors.Add(text.Place, $"{text.Value} is not an event such as SIU^S12 or ORM^*", EventForm().IsMatch(meant) ? meant : null);
        return false;
    }

    private bool FhirEventName(YamlText text)
    {
        if (FhirEvents.Problem(text.Value, out var meant) is not { } problem)
            return true;
        errors.Add(text.Place, problem, meant);
        return false;
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9]{2}\^([A-Z][A-Z0-9]{2}|\*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex EventForm();
}
