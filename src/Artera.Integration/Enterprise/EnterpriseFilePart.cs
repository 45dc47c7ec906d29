using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Artera.Integration.Enterprise;

/// <summary>A part of a YAML file that another room understands: kept as it was written, with its lines.</summary>
/// <param name="file">The file's name, for messages.</param>
public sealed class EnterpriseFilePart(string file, IReadOnlyList<ParsingEvent> events)
{
    private readonly IReadOnlyList<ParsingEvent> events = events;

    /// <summary>A part that another room has written.</summary>
    public static EnterpriseFilePart Of(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var read = new List<ParsingEvent>();
        while (parser.MoveNext())
        {
            if (parser.Current is NodeEvent or MappingEnd or SequenceEnd)
                read.Add(parser.Current);
        }

        return new("", read);
    }

    /// <summary>Reads the part with somebody's own words.</summary>
    /// <exception cref="InvalidDataException">It does not read so; the message says where and why.</exception>
    public T Read<T>(IDeserializer deserializer)
    {
        try
        {
            return deserializer.Deserialize<T>(new Again(events));
        }
        catch (YamlException problem)
        {
            throw new InvalidDataException(EnterpriseFileWords.For(file, problem), problem);
        }
    }

    internal sealed class Converter(string file) : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(EnterpriseFilePart);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var events = new List<ParsingEvent>();
            var depth = 0;
            do
            {
                var read = parser.Consume<ParsingEvent>();
                events.Add(read);
                depth += read.NestingIncrease;
            }
            while (depth > 0);
            return new EnterpriseFilePart(file, events);
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
        {
            foreach (var written in ((EnterpriseFilePart)value!).events)
                emitter.Emit(written);
        }
    }

    private sealed class Again(IReadOnlyList<ParsingEvent> events) : IParser
    {
        private int next;

        public ParsingEvent? Current { get; private set; }

        public bool MoveNext()
        {
            Current = next < events.Count ? events[next++] : null;
            return Current is not null;
        }
    }
}
