namespace Artera.Integration.Mapping.Yaml;

/// <summary>How the readers of the file's parts take nodes: a wrong shape is an error at its place, never an exception.</summary>
internal static class YamlReading
{
    extension(MappingErrors errors)
    {
        /// <summary>The entries of a map, each key once.</summary>
        public IEnumerable<KeyValuePair<YamlText, YamlNode>> Entries(YamlNode node, string what)
        {
            if (node is not YamlMap map)
            {
                if (node is not YamlText { IsNull: true })
                    errors.Add(node.Place, $"{what} takes keys with values");
                yield break;
            }

            var seen = new Dictionary<string, YamlPlace>(StringComparer.Ordinal);
            foreach (var entry in map.Entries)
            {
                if (seen.TryAdd(entry.Key.Value, entry.Key.Place))
                    yield return entry;
                else
                    errors.Add(entry.Key.Place, $"duplicate key {entry.Key.Value}, first on line {seen[entry.Key.Value].Line}");
            }
        }

        /// <summary>A text that says something, or null after an error.</summary>
        public YamlText? Text(YamlNode node, string what)
        {
            if (node is YamlText { Value.Length: > 0 } text)
                return text;
            errors.Add(node.Place, $"{what} takes a text");
            return null;
        }

        /// <summary>A text or a list of texts.</summary>
        public IEnumerable<YamlText> Texts(YamlNode node, string what)
        {
            foreach (var item in node is YamlList list ? list.Items : [node])
            {
                if (item is YamlText text)
                    yield return text;
                else
                    errors.Add(item.Place, $"{what} takes a text or a list of texts");
            }
        }
    }
}
