using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

/// <summary>A feed and what of it is not settled.</summary>
/// <param name="Listens">Address and port of its MLLP listener, if it has one; of a FHIR feed, the address of its server.</param>
/// <param name="Waiting">Kept and acknowledged, not yet understood; of a FHIR feed also what is still to be looked up at its server.</param>
/// <param name="Held">A person must look.</param>
/// <param name="Unmapped">For locations that no practice owns.</param>
/// <param name="Failed">Our trouble; tried again.</param>
/// <param name="ApplicationAcks">Why the application acknowledgements that its messages ask for are not sent; null while they are, or none is asked for.</param>
/// <param name="MappingTrouble">Why the mapping file, as it is now, is not followed; null while it is the mapping in force.</param>
/// <param name="Troubles">Why less comes in from its FHIR server than should.</param>
/// <param name="Fhir">How its FHIR server tells us of changes, and when it was asked last; null of any other feed.</param>
public sealed record FeedRow(
    string Name, string Emr, string Mapping, string TimeZone, string? Listens, int Waiting, int Held, int Unmapped, int Failed, string? ApplicationAcks, string? MappingTrouble,
    IReadOnlyList<FeedTrouble> Troubles, FhirStanding? Fhir)
{
    private static readonly InboxState[] Unsettled = [InboxState.Received, InboxState.Waiting, InboxState.Held, InboxState.Unmapped, InboxState.Failed];

    public static async Task<IReadOnlyList<FeedRow>> All(
        FeedBook feeds, IntegrationDb db, ApplicationAckTrouble acks, CancellationToken cancellation)
    {
        var counts = await db.Set<InboxMessage>().Where(row => Unsettled.Contains(row.State))
            .GroupBy(row => new { row.Feed, row.State })
            .Select(group => new { group.Key.Feed, group.Key.State, Count = group.Count() })
            .ToListAsync(cancellation);
        var troubles = await FeedTrouble.All(db, feeds, cancellation);
        var standings = await FhirStanding.All(db, feeds, cancellation);
        return [.. feeds.All.Select(feed => new FeedRow(
            feed.Name, feed.Emr, feed.Options.Mapping, feed.Zone.Id, feed.Options.Mllp is { } mllp ? $"{mllp.Address}:{mllp.Port}" : feed.Options.Fhir?.BaseUrl,
            Of(feed, InboxState.Received) + Of(feed, InboxState.Waiting), Of(feed, InboxState.Held), Of(feed, InboxState.Unmapped), Of(feed, InboxState.Failed), acks.Of(feed.Name)?.Cause,
            feed.Mapping.Trouble is [var first, ..] ? first : null,
            [.. troubles.Where(trouble => trouble.Feed == feed.Name)], standings.GetValueOrDefault(feed.Name)))];

        int Of(Feed feed, InboxState state) => counts.Find(row => row.Feed == feed.Name && row.State == state)?.Count ?? 0;
    }
}
