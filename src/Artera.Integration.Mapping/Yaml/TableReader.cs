namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads <c>tables</c>, and checks each meaning against the fields that use the table.</summary>
internal sealed class TableReader(MappingErrors errors)
{
    private readonly Dictionary<string, List<YamlText>> meanings = new(StringComparer.Ordinal);

    public Dictionary<string, CodeTable> Tables { get; } = new(StringComparer.Ordinal);

    public void Read(YamlNode node)
    {
        foreach (var (name, body) in errors.Entries(node, "tables"))
            Tables[name.Value] = Table(name.Value, body);
    }

    public void Check(IReadOnlyCollection<FieldRule> rules)
    {
        foreach (var source in rules.SelectMany(rule => rule.Sources).Where(source => source.Table is not null && !Tables.ContainsKey(source.Table)))
            errors.Unknown(new(source.Place, source.Table!, Plain: true), "table", Tables.Keys);
        foreach (var (name, texts) in meanings)
        {
            var kinds = rules.Where(rule => rule.Sources.Any(source => source.Table == name)).Select(rule => rule.Field.Kind).ToList();
            foreach (var text in texts)
            {
                if (TableWords.Problem(kinds, text.Value) is { } problem)
                    errors.Add(text.Place, problem, Suggestion.For(text.Value, kinds.SelectMany(kind => TableWords.For(kind) ?? [])));
            }
        }
    }

    private CodeTable Table(string name, YamlNode body)
    {
        Dictionary<string, string?> codes = new(StringComparer.Ordinal);
        var written = meanings[name] = [];
        var (hasOtherwise, otherwise) = (false, default(string));
        foreach (var (code, node) in errors.Entries(body, $"table {name}"))
        {
            if (node is not YamlText text)
            {
                errors.Add(node.Place, $"a code means one word, or ~ when it says nothing");
                continue;
            }

            if (!text.IsNull)
                written.Add(text);
            if (code is { Value: "otherwise", Plain: true })
                (hasOtherwise, otherwise) = (true, text.IsNull ? null : text.Value);
            else
                codes[code.Value.Trim()] = text.IsNull ? null : text.Value;
        }

        return new(name, codes, hasOtherwise, otherwise);
    }
}
