using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Audit;
using Mediator;

namespace Artera.Integration.Operations.Held;

/// <summary>
/// A person says what a code of the EMR means: it is written into the mapping file, and the messages that waited for it
/// are applied in the order of their arrival.
/// </summary>
internal sealed class GiveMeaning(FeedBook feeds, HeldMessages held, IServiceScopeFactory scopes)
{
    /// <param name="feedName">Which feed.</param>
    /// <param name="table">The table that lacks the code.</param>
    /// <param name="code">The EMR's code.</param>
    /// <param name="meaning">A word that the table's field knows; null: the code says nothing.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Said> Run(string feedName, string table, string code, string? meaning, string who, CancellationToken cancellation) =>
        held.Alone(() => Give(feedName, table, code, meaning, who, cancellation), cancellation);

    private async Task<Said> Give(string feedName, string table, string code, string? meaning, string who, CancellationToken cancellation)
    {
        if (feeds.Find(feedName) is not { } feed)
            return new(0, $"there is no feed {feedName}");

        // Before: a server that runs beside this process may let them go as soon as the file has changed.
        var waiting = await held.Count(
            cause => cause.CauseTable == table && cause.CauseValue == code && feeds.Find(cause.Feed)?.Mapping.Path == feed.Mapping.Path, cancellation);
        if (feed.Mapping.GiveMeaning(table, code, meaning) is { } error)
            return new(0, error);
        foreach (var other in feeds.All.Where(other => other != feed))
            other.Mapping.Follow();

        await using (var scope = scopes.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new NoteChange(who, "gave meaning", $"feed:{feed.Name}: {table}: {code} = {meaning ?? "~"}"), cancellation);
        await held.ReleaseCodes(who, cancellation);
        return new(waiting, null);
    }
}

/// <summary>What came of a change.</summary>
/// <param name="Applied">How many messages are applied again.</param>
/// <param name="Error">Why nothing was changed; null when it was.</param>
internal sealed record Said(int Applied, string? Error);
