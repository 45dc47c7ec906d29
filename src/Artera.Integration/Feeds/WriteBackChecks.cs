using Artera.Integration.Mapping;

namespace Artera.Integration.Feeds;

/// <summary>What can be wrong with the way back to an EMR.</summary>
internal static class WriteBackChecks
{
    public static IEnumerable<string> Errors(FeedOptions feed, MappingFile? mapping)
    {
        if (feed.WriteBack is not { } target)
            return [];
        var ways = new object?[] { target.Mllp, target.Fhir, target.Csv }.Count(way => way is not null);
        if (ways != 1)
            return [ways == 0 ? " names no destination: it needs Mllp:Host and Mllp:Port, Fhir:BaseUrl, or Csv:Folder" : " names several of Mllp, Fhir and Csv; an answer goes one way"];
        if (target.Csv is { } csv)
            return string.IsNullOrWhiteSpace(csv.Folder) ? [":Csv:Folder is empty"] : [];
        return [.. NothingToSay(target, mapping).Select(error => $": {error}"), .. target.Mllp is { } mllp
            ? DestinationChecks.Errors(mllp).Select(error => $":Mllp{error}")
            : Errors(target.Fhir!, feed.Fhir).Select(error => $":Fhir{error}")];
    }

    public static IEnumerable<string> NothingToSay(WriteBackTarget? target, MappingFile? mapping) => target is { Csv: null } && mapping is { SpeaksBack: false }
        ? [$"the mapping {mapping.Name} has no writeback section, so there is nothing to say to the EMR"]
        : [];

    private static IEnumerable<string> Errors(FhirDestination destination, FhirOptions? own)
    {
        if ((destination.BaseUrl ?? own?.BaseUrl) is not { } url)
            yield return ":BaseUrl is empty";
        else if (!FhirChecks.IsUrl(url))
            yield return $":BaseUrl {url} is not an http or https address";
        if (destination.Timeout <= TimeSpan.Zero)
            yield return ":Timeout must be more than zero";
        foreach (var error in destination.Auth is { } auth ? FhirChecks.Errors(auth) : [])
            yield return $":Auth{error}";
    }
}
