using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

/// <summary>
/// What a changed mapping would make of the messages that a feed has brought, set against the mapping in force. Nothing
/// is changed, and messages pass one at a time: it takes no more memory for a million of them.
/// </summary>
/// <param name="values">The example's values are shown; they may be the patient's.</param>
internal sealed class MapAgainst(IntegrationDb db, TextWriter output, bool values)
{
    private readonly Dictionary<string, Tally> outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> fields = new(StringComparer.Ordinal);
    private int read;
    private int different;

    /// <returns>True when some message would mean something else.</returns>
    public async Task<bool> Run(Feed feed, Mapper changed, int last, CancellationToken cancellation)
    {
        // A notification is no message: what it brought or named is.
        var messages = db.Set<InboxMessage>().WithBytes()
            .Where(message => message.Feed == feed.Name && message.State != InboxState.Rejected && !message.Event.StartsWith(FhirRows.Wire))
            .OrderByDescending(message => message.Id).Take(last).Select(message => new { message.Id, message.Raw, message.ReceivedAt });
        await foreach (var message in messages.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            read++;
            var context = new MappingContext(feed.Zone, message.ReceivedAt);
            if (changed.File.Form == MessageForm.Fhir)
            {
                if (FhirMessage.TryRead(message.Raw, out _) is { } resource)
                    Compare(message.Id, feed.Mapper.Map(resource, context), changed.Map(resource, context), feed);
                continue;
            }

            if (Hl7Message.TryRead(message.Raw, out _, feed.Charset) is { } text)
                Compare(message.Id, feed.Mapper.Map(text, new(feed.Zone)), changed.Map(text, new(feed.Zone)), feed);
        }

        Write("By outcome", outcomes);
        Write("By field", fields);
        output.WriteLine($"{read} messages of {feed.Name}: {different} would mean something else, {read - different} the same as today.");
        return different > 0;
    }

    private void Compare(long id, MappingResult before, MappingResult after, Feed feed)
    {
        var (was, now) = (Outcome(before), Outcome(after));
        var changes = was == now || (before.Events.Count > 0 && after.Events.Count > 0) ? MeaningChanges.Between(before, after, feed.Zone) : [];
        if (was == now && changes.Count == 0)
            return;

        different++;
        if (was != now)
            Count(outcomes, $"{was}  ->  {now}", id, null);
        foreach (var kind in changes.GroupBy(Kind, StringComparer.Ordinal))
            Count(fields, kind.Key, id, kind.First());
    }

    private static string Outcome(MappingResult result)
    {
        var outcome = result.Outcome.ToString().ToLowerInvariant();
        return result.Causes.Count == 0 ? outcome : $"{outcome}: {result.Causes[0]}";
    }

    private static string Kind(FieldChange change) => change switch
    {
        { IsKindOfEvent: true } => $"{change.Field}: {change.Before ?? "-"}  ->  {change.After ?? "-"}",
        { Before: null } => $"{change.Field} is read now",
        { After: null } => $"{change.Field} is no longer read",
        _ => $"{change.Field} is another one",
    };

    private static void Count(Dictionary<string, Tally> tallies, string what, long id, FieldChange? example)
    {
        if (!tallies.TryGetValue(what, out var tally))
            tallies[what] = tally = new Tally(id, example);
        tally.Count++;
    }

    private void Write(string heading, Dictionary<string, Tally> tallies)
    {
        if (tallies.Count == 0)
            return;
        output.WriteLine(heading);
        foreach (var (what, tally) in tallies.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var shown = values && tally.Example is { IsKindOfEvent: false } change ? $": '{change.Before}'  ->  '{change.After}'" : "";
            output.WriteLine($"  {tally.Count,7}  {what}  (message {tally.Id}{shown})");
        }

        output.WriteLine();
    }

    private sealed class Tally(long id, FieldChange? example)
    {
        public int Count { get; set; }

        /// <summary>The latest message that it is true of.</summary>
        public long Id => id;

        public FieldChange? Example => example;
    }
}
