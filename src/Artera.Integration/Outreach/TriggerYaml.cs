using Artera.Integration.Outreach.Hearing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using ScalarEvent = YamlDotNet.Core.Events.Scalar;

namespace Artera.Integration.Outreach;

/// <summary>Triggers in YAML: hyphenated names, as in the enterprise's file.</summary>
public static class TriggerYaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithTypeConverter(new HyphenatedEnums())
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitDefaults | DefaultValuesHandling.OmitEmptyCollections)
        .WithQuotingNecessaryStrings()
        .DisableAliases()
        .Build();

    private static readonly IDeserializer Deserializer = Reading(new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance)).Build();

    /// <summary>Teaches a reader of a larger file the words of <see cref="TriggerEntry"/>.</summary>
    public static DeserializerBuilder Reading(DeserializerBuilder builder) => builder.WithTypeConverter(new HyphenatedEnums());

    public static string Write(TriggerEntry entry) => Serializer.Serialize(entry);

    public static string Write(ChoiceEntry entry) => Serializer.Serialize(entry);

    public static string Write(IEnumerable<Trigger> triggers) =>
        Serializer.Serialize(new TriggerFile { Triggers = [.. triggers.Select(TriggerEntry.Of)] });

    /// <summary>Triggers as a part of a larger file; null when there are none.</summary>
    public static Enterprise.EnterpriseFilePart? Part(IReadOnlyCollection<Trigger> triggers) =>
        triggers.Count == 0 ? null : Enterprise.EnterpriseFilePart.Of(Serializer.Serialize(triggers.Select(TriggerEntry.Of).ToList()));

    /// <summary>What a practice makes of defaults as a part of a larger file; null when it makes nothing of them.</summary>
    internal static Enterprise.EnterpriseFilePart? Part(IReadOnlyDictionary<string, ChoiceEntry> choices) =>
        choices.Count == 0 ? null : Enterprise.EnterpriseFilePart.Of(Serializer.Serialize(choices));

    /// <summary>Triggers in a part of a larger file.</summary>
    /// <exception cref="InvalidDataException">It reads otherwise; the message says where and why.</exception>
    public static IReadOnlyList<TriggerEntry> Read(Enterprise.EnterpriseFilePart part) => part.Read<List<TriggerEntry>>(Deserializer);

    /// <summary>What a practice makes of defaults, by their names, in a part of a larger file.</summary>
    /// <exception cref="InvalidDataException">It reads otherwise; the message says where and why.</exception>
    public static IReadOnlyDictionary<string, ChoiceEntry> ReadChoices(Enterprise.EnterpriseFilePart part) => part.Read<Dictionary<string, ChoiceEntry>>(Deserializer);

    /// <exception cref="InvalidDataException">The text is no such file; the message says where and why.</exception>
    public static TriggerFile Read(TextReader text, string file)
    {
        try
        {
            return Deserializer.Deserialize<TriggerFile>(text) ?? throw new InvalidDataException($"{file}: empty");
        }
        catch (YamlException problem)
        {
            throw new InvalidDataException(
                $"{file}:{problem.Start.Line}:{problem.Start.Column}: {problem.InnerException?.Message ?? problem.Message}", problem);
        }
    }

    /// <summary><c>patient-status</c> for <c>PatientStatus</c>; any case, with or without hyphens.</summary>
    private sealed class HyphenatedEnums : IYamlTypeConverter
    {
        private static readonly Type[] Words =
        [
            typeof(FilterOn), typeof(TriggerModule), typeof(QuietMode), typeof(Enterprise.ResourceKind), typeof(HeardAs), typeof(HeardDuring), typeof(VisitAct),
        ];

        public bool Accepts(Type type) =>
            Array.IndexOf(Words, Nullable.GetUnderlyingType(type) ?? type) >= 0;

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var scalar = parser.Consume<ScalarEvent>();
            type = Nullable.GetUnderlyingType(type) ?? type;
            return Enum.TryParse(type, scalar.Value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value)
                ? value
                : throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is none of {string.Join(", ", Enum.GetNames(type).Select(Hyphenated))}");
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            emitter.Emit(new ScalarEvent(Hyphenated(value!.ToString()!)));

        private static string Hyphenated(string name) => HyphenatedNamingConvention.Instance.Apply(name);
    }
}

/// <summary>A YAML file of triggers.</summary>
public sealed class TriggerFile
{
    /// <summary>The default wording of <c>{eventConfirmText}</c>, by language.</summary>
    public Dictionary<string, string> ConfirmText { get; set; } = [];

    public List<TriggerEntry> Triggers { get; set; } = [];
}
