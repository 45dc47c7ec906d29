using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization.NamingConventions;

namespace Artera.Integration.Enterprise;

/// <summary>What is wrong with an enterprise's file, in words, with the place and with what was probably meant.</summary>
internal static partial class EnterpriseFileWords
{
    public static string For(string file, YamlException problem)
    {
        var message = problem.InnerException?.Message ?? problem.Message;
        var unknown = Unknown().Match(message);
        return $"{file}:{problem.Start.Line}:{problem.Start.Column}: {(unknown.Success ? Unknown(unknown.Groups["name"].Value, unknown.Groups["type"].Value) : message)}";
    }

    /// <summary>The line and column of what a rule names by its path, such as <c>Practices[0].Lines[1].Number</c>, or of what is nearest above it.</summary>
    public static string PlaceOf(string path, string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var node = yaml.Documents[0].RootNode;
        foreach (Match part in Parts().Matches(path))
        {
            var name = HyphenatedNamingConvention.Instance.Apply(part.Groups["name"].Value);
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(name), out var value))
                break;
            node = value;
            if (part.Groups["at"].Success && node is YamlSequenceNode list && int.Parse(part.Groups["at"].ValueSpan, CultureInfo.InvariantCulture) is var at && at < list.Children.Count)
                node = list.Children[at];
        }

        return string.Create(CultureInfo.InvariantCulture, $"{node.Start.Line}:{node.Start.Column}");
    }

    private static string Unknown(string name, string type)
    {
        var known = (typeof(EnterpriseFileWords).Assembly.GetType(type)?.GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? [])
            .Select(property => HyphenatedNamingConvention.Instance.Apply(property.Name)).ToList();
        var near = known.Select(word => (Word: word, Distance: Distance(name, word))).Where(pair => pair.Distance <= Math.Max(1, name.Length / 3)).OrderBy(pair => pair.Distance).ToList();
        return near.Count > 0 ? $"unknown key '{name}'; did you mean '{near[0].Word}'?" : $"unknown key '{name}'; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}";
    }

    private static int Distance(string left, string right)
    {
        var costs = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = costs[0]++;
            for (var j = 1; j <= right.Length; j++)
                (diagonal, costs[j]) = (costs[j], Math.Min(Math.Min(costs[j], costs[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
        }

        return costs[^1];
    }

    [GeneratedRegex("^Property '(?<name>[^']+)' not found on type '(?<type>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"(?<name>\w+)(\[(?<at>\d+)\])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
