using System.ComponentModel;
using NodaTime;
using NodaTime.Text;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Artera.Integration.Enterprise;

/// <summary>An enterprise as one YAML file: what <c>enterprise import</c> reads. Names, numbers and ids are the keys.</summary>
public sealed class EnterpriseFile
{
    public string Name { get; set; } = "";

    public string BaseLanguage { get; set; } = "en";

    public string TestFamilyName { get; set; } = "ZTest";

    /// <summary>Numbers at which test patients are messaged.</summary>
    public List<string> TestNumbers { get; set; } = [];

    /// <summary>Whether the rules that every enterprise starts with are added where they are missing.</summary>
    [DefaultValue(true)]
    public bool StartingTriggers { get; set; } = true;

    /// <summary>The enterprise's own defaults, and changes of the starting ones; the room of the triggers reads them.</summary>
    public EnterpriseFilePart? Triggers { get; set; }

    public List<PracticeEntry> Practices { get; set; } = [];

    public List<EventTypeEntry> EventTypes { get; set; } = [];

    public List<HolidayEntry> Holidays { get; set; } = [];

    public sealed class PracticeEntry
    {
        public string Name { get; set; } = "";

        public string TimeZone { get; set; } = "";

        [YamlMember(DefaultValuesHandling = DefaultValuesHandling.OmitNull)]
        public List<OpenEntry>? Hours { get; set; }

        public Dictionary<string, string> ConfirmText { get; set; } = [];

        public List<LineEntry> Lines { get; set; } = [];

        public List<ResourceEntry>? Resources { get; set; }

        public List<HolidayEntry> Holidays { get; set; } = [];

        /// <summary>Triggers of the practice's own; one that is named like a default replaces it.</summary>
        public EnterpriseFilePart? Triggers { get; set; }

        /// <summary>Defaults that the practice starts, pauses or restricts, by their names.</summary>
        public EnterpriseFilePart? DefaultTriggers { get; set; }
    }

    public sealed class OpenEntry
    {
        public string Day { get; set; } = "";

        public string From { get; set; } = "";

        public string To { get; set; } = "";
    }

    public sealed class LineEntry
    {
        public string Number { get; set; } = "";

        public string Name { get; set; } = "";

        public bool OneWay { get; set; }
    }

    public sealed class ResourceEntry
    {
        public ResourceKind Kind { get; set; } = ResourceKind.Location;

        public string Id { get; set; } = "";

        /// <summary>The feed's <c>Emr</c> (or name) whose id this is.</summary>
        public string Emr { get; set; } = "main";

        public string Name { get; set; } = "";

        /// <summary>The number of one of the practice's lines.</summary>
        public string? Line { get; set; }

        public string? Address { get; set; }

        public string? Phone { get; set; }
    }

    public sealed class EventTypeEntry
    {
        public string Id { get; set; } = "";

        public string Emr { get; set; } = "main";

        public Dictionary<string, string> Name { get; set; } = [];

        public Dictionary<string, string> Instructions { get; set; } = [];

        /// <summary>Codes of recalls and referrals that ask for such a visit.</summary>
        public List<string> Completes { get; set; } = [];
    }

    public sealed class HolidayEntry
    {
        public string Date { get; set; } = "";

        public string Name { get; set; } = "";

        public bool Yearly { get; set; }

        public bool OpenAnyway { get; set; }

        internal LocalDate Day => LocalDatePattern.Iso.Parse(Date).Value;
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="InvalidDataException">The text is no such file; the message says where and why.</exception>
    public static EnterpriseFile Read(TextReader text, string file)
    {
        var written = text.ReadToEnd();
        try
        {
            var read = new DeserializerBuilder()
                .WithNamingConvention(HyphenatedNamingConvention.Instance)
                .WithTypeConverter(new EnterpriseFilePart.Converter(file))
                .Build()
                .Deserialize<EnterpriseFile>(written) ?? throw new InvalidDataException($"{file}: empty");
            var problems = new EnterpriseFileRules().Validate(read).Errors;
            return problems.Count == 0
                ? read
                : throw new InvalidDataException(string.Join(Environment.NewLine, problems.Select(problem => $"{file}:{EnterpriseFileWords.PlaceOf(problem.PropertyName, written)}: {HyphenatedNamingConvention.Instance.Apply(problem.PropertyName.Split('.')[^1])}: {problem.ErrorMessage}")));
        }
        catch (YamlException problem)
        {
            throw new InvalidDataException(EnterpriseFileWords.For(file, problem), problem);
        }
    }

    /// <summary>The file's text; what says nothing is left out.</summary>
    public string Write() => new SerializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithTypeConverter(new EnterpriseFilePart.Converter(""))
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitDefaults | DefaultValuesHandling.OmitEmptyCollections)
        .WithQuotingNecessaryStrings()
        .DisableAliases()
        .Build()
        .Serialize(this);
}
