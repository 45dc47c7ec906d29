using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads <c>writeback</c> of a <c>fhir.yaml</c>.</summary>
internal sealed partial class FhirWriteBackReader(MappingErrors errors)
{
    public static readonly IReadOnlyList<string> Keys = ["send", "find", "with", "confirm", "cancel", "reschedule"];
    public static readonly IReadOnlyList<string> AnswerKeys = ["send", "note"];
    public static readonly IReadOnlyList<string> Forms = ["patch", "put", "response"];

    private readonly Dictionary<WriteBackVerb, FhirWriteBackAnswer> answers = [];
    private readonly Dictionary<string, FhirExpression> with = new(StringComparer.Ordinal);
    private FhirWriteBackAnswer usual = new(FhirWriteBackForm.Patch);
    private string find = new FhirWriteBackTemplate().Find;

    public FhirWriteBackTemplate Read(YamlNode node)
    {
        var entries = errors.Entries(node, "writeback").ToList();
        foreach (var (key, value) in entries.Where(entry => entry.Key.Value is "send" or "with" or "find").OrderByDescending(entry => entry.Key.Value, StringComparer.Ordinal))
            Before(key.Value, value);
        foreach (var (key, value) in entries)
            Part(key, value);
        return new() { Find = find, With = with, Answers = answers };
    }

    private void Before(string key, YamlNode value)
    {
        if (key == "with")
            With(value);
        else if (key == "send")
            usual = Send(value) ?? usual;
        else if (errors.Text(value, key) is { } text && Placeholders(text))
            find = text.Value;
    }

    private void Part(YamlText key, YamlNode value)
    {
        switch (key.Value)
        {
            case "send" or "with" or "find": break;
            case "confirm": Answer(WriteBackVerb.Confirm, value); break;
            case "cancel": Answer(WriteBackVerb.Cancel, value); break;
            case "reschedule": Answer(WriteBackVerb.Reschedule, value); break;
            default: errors.Unknown(key, "key", Keys, "writeback."); break;
        }
    }

    private void With(YamlNode node)
    {
        foreach (var (key, value) in errors.Entries(node, "with"))
        {
            if (errors.Text(value, key.Value) is { } text && new FhirSourceReader(errors).Expression(text, text.Value.Trim(), ["Appointment"]) is { } expression)
                with[key.Value] = expression;
        }
    }

    private void Answer(WriteBackVerb verb, YamlNode node)
    {
        if (node is YamlText { Value: "not-supported" })
            return;
        if (node is not YamlMap)
        {
            errors.Add(node.Place, "takes not-supported, or elements with the values to send", node is YamlText ? "not-supported" : null);
            return;
        }

        var entries = errors.Entries(node, "an answer").ToList();
        var answer = usual;
        foreach (var (_, value) in entries.Where(entry => entry.Key.Value == "send"))
            answer = Send(value) ?? answer;
        List<FhirWriteBackSet> sets = [];
        foreach (var (key, value) in entries.Where(entry => entry.Key.Value != "send"))
        {
            if (key.Value == "note" && answer.Form != FhirWriteBackForm.Call)
                answer = answer with { Note = errors.Text(value, "note") is { } note && Placeholders(note) ? note.Value : null };
            else if (Set(answer.Form, key, value) is { } set)
                sets.Add(set);
        }

        answers[verb] = answer with { Sets = sets };
    }

    private FhirWriteBackAnswer? Send(YamlNode node)
    {
        if (errors.Text(node, "send") is not { } text)
            return null;
        switch (text.Value)
        {
            case "patch": return new(FhirWriteBackForm.Patch);
            case "put": return new(FhirWriteBackForm.Put);
            case "response": return new(FhirWriteBackForm.Response);
        }

        if (Call().Match(text.Value) is { Success: true } call)
            return Placeholders(text) ? new(FhirWriteBackForm.Call, call.Groups["method"].Value, call.Groups["address"].Value) : null;
        errors.Add(text.Place, $"{text.Value} is neither patch, put, response nor a call such as PUT /v1/appointments/{{appointment}}/cancel", Suggestion.For(text.Value, Forms));
        return null;
    }

    private FhirWriteBackSet? Set(FhirWriteBackForm form, YamlText key, YamlNode node)
    {
        if (form == FhirWriteBackForm.Call)
            return errors.Text(node, key.Value) is { } field && Placeholders(field) ? new([key.Value], JsonValue.Create(field.Value)) : null;
        var path = key.Value.Split('.');
        if (FhirWriteBackElement.Find(path, form == FhirWriteBackForm.Response, out var unknown, out var near) is not { } element)
        {
            errors.Add(key.Place, $"{(form == FhirWriteBackForm.Response ? "an AppointmentResponse" : "an Appointment")} has no single element {unknown}", near ?? Suggestion.For(key.Value, AnswerKeys));
            return null;
        }

        if (node is not YamlText)
            return Json(node) is { } json ? new(path, json) : null;
        if (errors.Text(node, key.Value) is not { } text || !Placeholders(text))
            return null;
        if (element.Value(text.Value) is { } value)
            return new(path, value);
        errors.Unknown(text, $"{key.Value}", element.Codes!);
        return null;
    }

    private JsonNode? Json(YamlNode node)
    {
        switch (node)
        {
            case YamlText text:
                return !Placeholders(text) ? null
                    : text.Plain && text.Value is "true" or "false" ? JsonValue.Create(text.Value == "true")
                    : text.Plain && long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text.Value);
            case YamlList list:
                return new JsonArray([.. list.Items.Select(Json)]);
            default:
                var json = new JsonObject();
                foreach (var (key, value) in errors.Entries(node, "a value"))
                    json[key.Value] = Json(value);
                return json;
        }
    }

    private bool Placeholders(YamlText text)
    {
        var known = WriteBackText.Placeholders.Append("id").Concat(with.Keys).ToList();
        if (FhirWriteBackText.Names(text.Value).FirstOrDefault(name => !known.Contains(name)) is not { } unknown)
            return true;
        var near = Suggestion.For(unknown, known);
        errors.Add(text.Place, $"unknown placeholder {{{unknown}}}", near is null ? null : $"{{{near}}}");
        return false;
    }

    [GeneratedRegex(@"^(?<method>POST|PUT|PATCH|DELETE) (?<address>\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Call();
}
