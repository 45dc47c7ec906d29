using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Artera.Integration.Enterprise;

/// <summary>A part of a YAML file that another room understands: kept as it was written, with its lines.</summary>
/// <param name="file">The file's name, for messages.</param>
public sealed class EnterpriseFilePart(string file, IReadOnlyList<ParsingEvent> events)
{
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
            throw new InvalidDataException(
                $"{file}:{problem.Start.Line}:{problem.Start.Column}: {problem.InnerException?.Message ?? problem.Message}", problem);
        }
    }

    internal sealed class Reader(string file) : IYamlTypeConverter
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

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            throw new NotSupportedException("parts are read only");
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
