using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Mapping.Golden;

/// <summary>
/// A message beside a mapping with what it must mean: <c>samples/book.hl7</c> and <c>samples/book.expected.yaml</c>; what is
/// in JSON belongs to the folder's <c>fhir.yaml</c>.
/// Local times of samples are those of America/Chicago unless the mapping has a zone of its own.
/// </summary>
/// <param name="Mapping">The mapping file.</param>
/// <param name="Message">The message's file.</param>
public sealed record GoldenSample(string Mapping, string Message)
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Chicago"];

    /// <summary>The file with what is expected.</summary>
    public string Expected => Path.ChangeExtension(Message, ".expected.yaml");

    /// <summary>The mapping files below a folder, in their order.</summary>
    /// <param name="folder">One mapping's folder, or one that has several.</param>
    public static IEnumerable<string> Mappings(string folder) =>
        Enum.GetValues<MessageForm>().SelectMany(form => Directory.EnumerateFiles(folder, form.FileName(), SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    /// <summary>The samples of a mapping, in their order.</summary>
    /// <param name="mapping">The mapping file.</param>
    public static IEnumerable<GoldenSample> Of(string mapping)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(mapping))!, "samples");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, MessageForms.Of(mapping) == MessageForm.Fhir ? "*.json" : "*.hl7").Order(StringComparer.Ordinal).Select(message => new GoldenSample(mapping, message))
            : [];
    }

    /// <summary>What the message means today, in the form of the expected file.</summary>
    /// <param name="mapper">The compiled mapping.</param>
    public string Actual(Mapper mapper)
    {
        var zone = mapper.File.Zone ?? Zone;
        var bytes = File.ReadAllBytes(Message);
        if (mapper.File.Form == MessageForm.Fhir)
        {
            return FhirMessage.TryRead(bytes, out var wrong) is { } resource
                ? ResultYaml.Write(mapper.Map(resource, new(zone)), zone) + FhirAnswers.Write(mapper, resource, new(zone))
                : $"unreadable: {wrong}\n";
        }

        var message = Hl7Message.TryRead(bytes, out var problem);
        return message is null || problem is not null
            ? $"unreadable: {problem?.Text}\n"
            : ResultYaml.Write(mapper.Map(message, new(zone)), zone);
    }

    /// <summary>What is expected, or null when nobody has said so yet.</summary>
    public string? ReadExpected() => File.Exists(Expected) ? File.ReadAllText(Expected).ReplaceLineEndings("\n") : null;

    /// <summary>Writes today's meaning as what is expected; the caller reviews the change.</summary>
    /// <param name="mapper">The compiled mapping.</param>
    /// <returns>True when the file changed.</returns>
    public bool Accept(Mapper mapper)
    {
        var actual = Actual(mapper);
        if (ReadExpected() == actual)
            return false;
        File.WriteAllText(Expected, actual);
        return true;
    }
}
