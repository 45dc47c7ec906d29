using System.CommandLine;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Golden;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Operations;

/// <summary><c>map FILE MESSAGE</c>, <c>map --check DIR</c>, <c>map --accept DIR</c>, <c>map FILE --against FEED</c>.</summary>
internal sealed class MapVerb(TextWriter output, TextWriter error)
{
    private const int Clean = 0;
    private const int Held = 1;
    private const int Invalid = 2;

    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The mapping: a file, or a folder with an hl7.yaml or a fhir.yaml.", Arity = ArgumentArity.ZeroOrOne };
        var message = new Argument<string?>("MESSAGE") { Description = "A file with one HL7 message, or one FHIR resource in JSON (alone, or first in a Bundle with what it refers to).", Arity = ArgumentArity.ZeroOrOne };
        var check = new Option<string?>("--check") { Description = "Check every mapping and golden sample below a folder.", HelpName = "DIR" };
        var accept = new Option<string?>("--accept") { Description = "Write what the samples below a folder mean today, for review.", HelpName = "DIR" };
        var against = new Option<string?>("--against") { Description = "What the mapping would change for the stored messages of a feed.", HelpName = "FEED" };
        var last = new Option<int>("--last") { Description = "How many of them, the latest.", HelpName = "N", DefaultValueFactory = _ => 1000 };
        var values = new Option<bool>("--values") { Description = "With --against: show an example's values, which may be a patient's." };
        var zone = new Option<string>("--zone") { Description = "The feed's time zone, unless the mapping has one.", HelpName = "ZONE", DefaultValueFactory = _ => "America/Chicago" };
        var verb = new Command("map", "Dry run of a mapping on a message: what it means, which rule says so, what no rule reads. Changes nothing.")
        {
            file, message, check, accept, against, last, values, zone,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var run = new MapVerb(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (parsed.GetValue(against) is { } feed)
            {
                return (parsed.GetValue(check), parsed.GetValue(accept), parsed.GetValue(file), parsed.GetValue(message), parsed.GetValue(last)) is (null, null, { } changed, null, > 0 and var most)
                    ? await run.Against(changed, feed, most, parsed.GetValue(values), cancellation)
                    : run.Fail(Invalid, "give a mapping and --against FEED, and how many messages");
            }

            return (parsed.GetValue(check), parsed.GetValue(accept), parsed.GetValue(file), parsed.GetValue(message)) switch
            {
                ({ } folder, null, null, null) => run.Samples(folder, samples => samples.Check()),
                (null, { } folder, null, null) => run.Samples(folder, samples => samples.Accept()),
                (null, null, { } mapping, { } text) => run.DryRun(mapping, text, parsed.GetRequiredValue(zone)),
                _ => run.Fail(Invalid, "give a mapping and a message, or --check DIR, or --accept DIR"),
            };
        });
        return verb;
    }

    /// <summary>Reads a mapping; says every error where it is.</summary>
    public Mapper? Load(string path, MessageForm form = MessageForm.Hl7)
    {
        if (MappingFile.TryLoad(path, out var file, out var errors, form))
            return Mapper.Compile(file);
        foreach (var wrong in errors)
            error.WriteLine(wrong);
        return null;
    }

    private int DryRun(string mapping, string path, string zoneName)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : null;
        if (Load(mapping, bytes is not null && FhirMessage.Looks(bytes) ? MessageForm.Fhir : MessageForm.Hl7) is not { } mapper)
            return Invalid;
        if (bytes is null)
            return Fail(Held, $"{path}: there is no such file");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneName) is not { } zone)
            return Fail(Invalid, $"{zoneName} is not a time zone such as America/Chicago");
        if (mapper.File.Form == MessageForm.Fhir)
            return DryRunOfFhir(mapper, path, bytes, new(zone));
        var message = Hl7Message.TryRead(bytes, out var problem);
        if (message is null || problem is not null)
            return Fail(Held, $"{path}: {problem?.Text}");
        var explanation = mapper.Explain(message, new(zone));
        MapVerbOutput.Write(output, explanation, message.ControlId);
        new MapVerbPlans(output, mapper.File.Zone ?? zone, SentAt(message, mapper.File.Zone ?? zone)).Write(explanation.Result);
        MapVerbWriteBack.Write(output, mapper, explanation.Result, message);
        return explanation.Result.Outcome == MappingOutcome.Held ? Held : Clean;
    }

    /// <summary>An old message is tried as if it came when it was sent.</summary>
    private static Instant SentAt(Hl7Message message, DateTimeZone zone) =>
        Hl7Timestamp.TryParse(message.SentAt, out var sent) && !sent.IsAbsent ? sent.Resolve(zone) : TimeProvider.System.Now();

    private int DryRunOfFhir(Mapper mapper, string path, byte[] bytes, MappingContext context)
    {
        if (FhirMessage.TryRead(bytes, out var problem) is not { } resource)
            return Fail(Held, $"{path}: {problem}");
        var explanation = mapper.Explain(resource, context);
        MapVerbOutput.Write(output, explanation, resource.Id);
        new MapVerbPlans(output, mapper.File.Zone ?? context.TimeZone, resource.LastUpdated ?? TimeProvider.System.Now()).Write(explanation.Result);
        MapVerbWriteBack.Write(output, FhirAnswers.Of(mapper, resource, context));
        MapVerbOutput.WriteNeeds(output, mapper.Needs(resource, context));
        return explanation.Result.Outcome == MappingOutcome.Held ? Held : Clean;
    }

    /// <returns>0 when nothing would change, 1 when something would, 2 when the mapping is invalid or the messages cannot be read.</returns>
    private async Task<int> Against(string mapping, string feedName, int last, bool values, CancellationToken cancellation)
    {
        var differs = false;
        var code = await WithoutServing.Run(
            async services =>
            {
                if (services.GetRequiredService<FeedBook>().Find(feedName) is not { } feed)
                    return Fail(Invalid, $"there is no feed {feedName}");
                if (Load(mapping, feed.Mapper.File.Form) is not { } changed)
                    return Invalid;
                differs = await new MapAgainst(services.GetRequiredService<IntegrationDb>(), output, values).Run(feed, changed, last, cancellation);
                return Clean;
            },
            cancellation, prepareSchema: false);
        return code != Clean ? Invalid : differs ? Held : Clean;
    }

    private int Samples(string folder, Func<MapVerbSamples, int> run) =>
        Directory.Exists(folder) ? run(new(folder, this, output, error)) : Fail(Invalid, $"{folder}: there is no such folder");

    private int Fail(int code, string message)
    {
        error.WriteLine(message);
        return code;
    }
}
