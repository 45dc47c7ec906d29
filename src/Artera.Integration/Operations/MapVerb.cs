using System.CommandLine;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Operations;

/// <summary><c>map FILE MESSAGE</c>, <c>map --check DIR</c>, <c>map --accept DIR</c>.</summary>
internal static class MapVerb
{
    private const int Clean = 0;
    private const int Held = 1;
    private const int Invalid = 2;

    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The mapping: a file, or a folder with an hl7.yaml.", Arity = ArgumentArity.ZeroOrOne };
        var message = new Argument<string?>("MESSAGE") { Description = "A file with one HL7 message.", Arity = ArgumentArity.ZeroOrOne };
        var check = new Option<string?>("--check") { Description = "Check every mapping and golden sample below a folder.", HelpName = "DIR" };
        var accept = new Option<string?>("--accept") { Description = "Write what the samples below a folder mean today, for review.", HelpName = "DIR" };
        var zone = new Option<string?>("--zone") { Description = "The feed's time zone; America/Chicago unless the mapping has one.", HelpName = "ZONE" };
        var verb = new Command("map", "Dry run of a mapping on a message: what it means, which rule says so, what no rule reads. Changes nothing.")
        {
            file, message, check, accept, zone,
        };
        verb.SetAction(parsed => (parsed.GetValue(check), parsed.GetValue(accept), parsed.GetValue(file), parsed.GetValue(message)) switch
        {
            ({ } folder, null, null, null) => Existing(folder, MapVerbSamples.Check),
            (null, { } folder, null, null) => Existing(folder, MapVerbSamples.Accept),
            (null, null, { } mapping, { } text) => DryRun(mapping, text, parsed.GetValue(zone) ?? "America/Chicago"),
            _ => Fail("give a mapping and a message, or --check DIR, or --accept DIR"),
        });
        return verb;
    }

    /// <summary>Reads a mapping; says every error where it is.</summary>
    public static Mapper? Load(string path)
    {
        if (MappingFile.TryLoad(path, out var file, out var errors))
            return Mapper.Compile(file);
        foreach (var error in errors)
            Console.Error.WriteLine(error);
        return null;
    }

    private static int DryRun(string mapping, string path, string zoneName)
    {
        if (Load(mapping) is not { } mapper)
            return Invalid;
        if (!File.Exists(path))
            return Fail($"{path}: there is no such file");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneName) is not { } zone)
            return Fail($"{zoneName} is not a time zone such as America/Chicago");
        var message = Hl7Message.TryRead(File.ReadAllBytes(path), out var problem);
        if (message is null || problem is not null)
        {
            Console.Error.WriteLine($"{path}: {problem?.Text}");
            return Held;
        }

        var explanation = mapper.Explain(message, new(zone));
        MapVerbOutput.Write(Console.Out, explanation, message);
        return explanation.Result.Outcome == MappingOutcome.Held ? Held : Clean;
    }

    private static int Existing(string folder, Func<string, int> run) =>
        Directory.Exists(folder) ? run(folder) : Fail($"{folder}: there is no such folder");

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Invalid;
    }
}
