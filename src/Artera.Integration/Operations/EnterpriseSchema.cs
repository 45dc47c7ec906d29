using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;

namespace Artera.Integration.Operations;

/// <summary>The JSON schema of an enterprise's file, read off the types that read the file, so that the two cannot disagree.</summary>
internal static class EnterpriseSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Text
    {
        get
        {
            var schema = Of(typeof(EnterpriseFile), nameof(EnterpriseFile));
            schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
            schema["title"] = "An enterprise: practices, lines, hours, resources, triggers";
            schema["required"] = new JsonArray("name");
            return schema.ToJsonString(Indented) + "\n";
        }
    }

    private static JsonObject Of(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(EnterpriseFilePart))
            return name == nameof(EnterpriseFile.PracticeEntry.DefaultTriggers) ? Map(Of(typeof(ChoiceEntry), name)) : List(Of(typeof(TriggerEntry), name));
        if (type == typeof(string))
            return new() { ["type"] = "string" };
        if (type == typeof(bool))
            return new() { ["type"] = "boolean" };
        if (type == typeof(int))
            return new() { ["type"] = "integer" };
        if (type.IsEnum)
            return OneOf(Enum.GetNames(type).Where(value => value != nameof(TriggerModule.Campaign)), type == typeof(ResourceKind));
        if (type.IsAssignableTo(typeof(IDictionary)) && type.GetGenericArguments() is [var key, var value])
        {
            var map = Map(Of(value, name));
            if (key.IsEnum)
                map["propertyNames"] = OneOf(Enum.GetNames(key), asWritten: false);
            return map;
        }

        return type.IsAssignableTo(typeof(IEnumerable)) ? List(Of(type.GetGenericArguments()[0], name)) : Object(type);
    }

    private static JsonObject Object(Type type) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => KeyValuePair.Create<string, JsonNode?>(Kebab(property.Name), Of(property.PropertyType, property.Name)))),
    };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Map(JsonObject values) => new() { ["type"] = "object", ["additionalProperties"] = values };

    /// <summary>Capitals or hyphens, as people write them; files have had both.</summary>
    private static JsonObject OneOf(IEnumerable<string> names, bool asWritten) =>
        new() { ["enum"] = new JsonArray([.. names.SelectMany(name => asWritten ? [name, Kebab(name)] : new[] { Kebab(name), name }).Distinct(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]) };

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
