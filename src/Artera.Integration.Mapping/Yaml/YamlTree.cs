using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>A node that knows where it stands; unlike the library's own tree it keeps duplicate keys, so that they can be reported.</summary>
internal abstract record YamlNode(YamlPlace Place);

internal sealed record YamlText(YamlPlace Place, string Value, bool Plain) : YamlNode(Place)
{
    public bool IsNull => Plain && Value is "" or "~" or "null";
}

internal sealed record YamlList(YamlPlace Place, List<YamlNode> Items) : YamlNode(Place);

internal sealed record YamlMap(YamlPlace Place, List<KeyValuePair<YamlText, YamlNode>> Entries) : YamlNode(Place);

/// <summary>Line and column, both from 1.</summary>
internal readonly record struct YamlPlace(int Line, int Column)
{
    public YamlPlace Right(int characters) => this with { Column = Column + characters };
}

internal static class YamlTree
{
    public static YamlNode? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return Read(parser);
        }
        catch (InvalidOperationException bad)
        {
            // The library's scanner falls over some broken texts in this way instead.
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "unexpected text", bad);
        }
    }

    private static YamlNode? Read(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return null;
        parser.Consume<DocumentStart>();
        var root = Node(parser, []);
        parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out _) ? root : throw Error(parser.Current!, "a mapping file is one YAML document");
    }

    private static YamlNode Node(Parser parser, Dictionary<string, YamlNode> anchors)
    {
        var start = parser.Current ?? throw new YamlException("the file ends too early");
        var node = start switch
        {
            Scalar => Text(parser.Consume<Scalar>()),
            SequenceStart => Sequence(parser, anchors),
            MappingStart => Map(parser, anchors),
            AnchorAlias alias when anchors.TryGetValue(parser.Consume<AnchorAlias>().Value.Value, out var known) => known,
            AnchorAlias alias => throw Error(alias, $"unknown anchor *{alias.Value}"),
            _ => throw Error(start, "unexpected YAML"),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } named)
            anchors[named.Anchor.Value] = node;
        return node;
    }

    private static YamlText Text(Scalar scalar) => new(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);

    private static YamlList Sequence(Parser parser, Dictionary<string, YamlNode> anchors)
    {
        var place = At(parser.Consume<SequenceStart>());
        List<YamlNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(parser, anchors));
        return new(place, items);
    }

    private static YamlMap Map(Parser parser, Dictionary<string, YamlNode> anchors)
    {
        var place = At(parser.Consume<MappingStart>());
        List<KeyValuePair<YamlText, YamlNode>> entries = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current!;
            var key = Node(parser, anchors) as YamlText ?? throw Error(start, "a key must be a plain word");
            entries.Add(new(key, Node(parser, anchors)));
        }

        return new(place, entries);
    }

    private static YamlPlace At(ParsingEvent parsed) => new((int)parsed.Start.Line, (int)parsed.Start.Column);

    private static YamlException Error(ParsingEvent parsed, string message) => new(parsed.Start, parsed.End, message);
}
