using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads <c>writeback</c>.</summary>
internal sealed class WriteBackReader(MappingErrors errors)
{
    public static readonly IReadOnlyList<string> Keys = ["send", "version", "from", "to", "id", "clear", "confirm", "cancel", "reschedule"];
    public static readonly IReadOnlyList<string> PartyKeys = ["application", "facility"];
    public static readonly IReadOnlyList<string> AnswerKeys = ["send", "note"];

    private readonly Dictionary<WriteBackVerb, WriteBackAnswer> answers = [];
    private readonly List<(YamlText At, Hl7Path Path, string? Send)> sets = [];
    private WriteBackTemplate template = new();

    public WriteBackTemplate Read(YamlNode node)
    {
        foreach (var (key, value) in errors.Entries(node, "writeback"))
            Part(key, value);
        foreach (var (at, set, send) in sets)
            Fits(at, set, send ?? template.Send);
        return template with { Answers = answers };
    }

    /// <summary>The event may stand behind the answers, so that this is asked at the end.</summary>
    private void Fits(YamlText at, Hl7Path path, string messageEvent)
    {
        if (path.Segment == ScheduleRequest.Segment && !ScheduleRequest.Is(messageEvent))
            errors.Add(at.Place, $"{messageEvent} has no {path.Segment}", $"SCH-{path.Field}");
        else if (path.Segment == ScheduleRequest.Segment && path.Field is 1 or 2)
            errors.Add(at.Place, $"{at.Value} names the appointment, which is not for an answer to change");
        else if (path.Segment == "SCH" && ScheduleRequest.Is(messageEvent) && !ScheduleRequest.Has(path.Field))
            errors.Add(at.Place, $"{messageEvent} has no place for {at.Value}; a request says it in ARQ-6, ARQ-7 or a note");
    }

    private void Part(YamlText key, YamlNode value)
    {
        switch (key.Value)
        {
            case "send": template = template with { Send = Event(value) ?? template.Send }; break;
            case "version": template = template with { Version = errors.Text(value, "version")?.Value }; break;
            case "from": template = template with { From = Party(key, value) }; break;
            case "to": template = template with { To = Party(key, value) }; break;
            case "id": template = template with { Id = Path(value) ?? template.Id }; break;
            case "clear": template = template with { Clear = [.. errors.Texts(value, "clear").Select(Path).OfType<Hl7Path>()] }; break;
            case "confirm": Answer(WriteBackVerb.Confirm, value); break;
            case "cancel": Answer(WriteBackVerb.Cancel, value); break;
            case "reschedule": Answer(WriteBackVerb.Reschedule, value); break;
            default: errors.Unknown(key, "key", Keys, "writeback."); break;
        }
    }

    private void Answer(WriteBackVerb verb, YamlNode node)
    {
        if (node is YamlText { Value: "not-supported" })
            return;
        if (node is not YamlMap)
        {
            errors.Add(node.Place, "takes not-supported, or paths with the values to send", node is YamlText ? "not-supported" : null);
            return;
        }

        var answer = new WriteBackAnswer();
        List<(YamlText At, WriteBackSet Set)> said = [];
        foreach (var (key, value) in errors.Entries(node, "an answer"))
        {
            if (key.Value == "send")
                answer = answer with { Send = Event(value) };
            else if (errors.Text(value, key.Value) is not { } text || !Placeholders(text))
                continue;
            else if (key.Value == "note")
                answer = answer with { Note = text.Value };
            else if (!key.Value.Contains('-', StringComparison.Ordinal) && Suggestion.For(key.Value, AnswerKeys) is { } near)
                errors.Add(key.Place, $"unknown key {key.Value}", near);
            else if (Path(key) is { } path)
                said.Add((key, new(path, text.Value)));
        }

        sets.AddRange(said.Select(each => (each.At, each.Set.Path, answer.Send)));
        answers[verb] = answer with { Sets = [.. said.Select(each => each.Set)] };
    }

    private bool Placeholders(YamlText text)
    {
        if (WriteBackText.UnknownPlaceholder(text.Value) is not { } unknown)
            return true;
        var near = Suggestion.For(unknown, WriteBackText.Placeholders);
        errors.Add(text.Place, $"unknown placeholder {{{unknown}}}", near is null ? null : $"{{{near}}}");
        return false;
    }

    private WriteBackParty Party(YamlText name, YamlNode node)
    {
        var party = new WriteBackParty();
        foreach (var (key, value) in errors.Entries(node, name.Value))
        {
            var text = errors.Text(value, key.Value)?.Value;
            switch (key.Value)
            {
                case "application": party = party with { Application = text }; break;
                case "facility": party = party with { Facility = text }; break;
                default: errors.Unknown(key, "key", PartyKeys, name.Value + "."); break;
            }
        }

        return party;
    }

    private Hl7Path? Path(YamlNode node) => errors.Text(node, "a path") is { } text ? new SourceReader(errors).Path(text, text.Value) : null;

    private string? Event(YamlNode node)
    {
        if (errors.Text(node, "send") is not { } text)
            return null;
        if (EventsReader.IsEvent(text.Value))
            return text.Value;
        errors.Add(text.Place, $"{text.Value} is not an event such as SIU^S14");
        return null;
    }
}
