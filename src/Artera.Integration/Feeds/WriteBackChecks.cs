using Artera.Integration.Mapping;

namespace Artera.Integration.Feeds;

/// <summary>What can be wrong with the way back to an EMR.</summary>
internal static class WriteBackChecks
{
    public static IEnumerable<string> Errors(WriteBackTarget? target, MappingFile? mapping)
    {
        if (target is null)
            yield break;
        if (target.Csv is { } csv)
        {
            if (string.IsNullOrWhiteSpace(csv.Folder))
                yield return ":Csv:Folder is empty";
            if (target.Mllp is not null)
                yield return " names both Mllp and Csv; an answer goes one way";
            yield break;
        }

        if (target.Mllp is not { } mllp)
        {
            yield return " names no destination: it needs Mllp:Host and Mllp:Port, or Csv:Folder";
            yield break;
        }

        foreach (var error in NothingToSay(target, mapping))
            yield return $": {error}";
        foreach (var error in DestinationChecks.Errors(mllp))
            yield return $":Mllp{error}";
    }

    public static IEnumerable<string> NothingToSay(WriteBackTarget? target, MappingFile? mapping) => target is { Csv: null } && mapping is { WriteBack: null }
        ? [$"the mapping {mapping.Name} has no writeback section, so there is nothing to say to the EMR"]
        : [];
}
