using System.Collections.Frozen;
using Artera.Integration.Appointments;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;

namespace Artera.Integration.WriteBack;

/// <summary>The writers of the feeds that have a way back.</summary>
public sealed class EmrWriters : IAsyncDisposable
{
    private readonly FeedBook feeds;
    private readonly FrozenDictionary<string, IEmrWriter> writers;

    internal EmrWriters(FeedBook feeds, FhirClient fhir, ILoggerFactory logs)
    {
        this.feeds = feeds;
        writers = feeds.All.Where(feed => feed.Options.WriteBack is not null)
            .Select(feed => feed.Options.WriteBack switch
            {
                { Fhir: not null } => (IEmrWriter)new FhirWriter(feed, fhir),
                { Csv: not null } => new CsvWriter(feed),
                _ => new Hl7Writer(feed, logs.CreateLogger<MllpConnection>()),
            })
            .ToFrozenDictionary(writer => writer.Feed, StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<string> Feeds => writers.Keys;

    /// <summary>Null: the feed has no way back (any more).</summary>
    public IEmrWriter? ForFeed(string feed) => writers.GetValueOrDefault(feed);

    /// <summary>The way back of the feed that spoke of the visit, else of another feed of the same EMR.</summary>
    public IEmrWriter? For(Appointment appointment) =>
        ForFeed(appointment.Feed) ?? feeds.All
            .Where(feed => feed.Emr == appointment.Emr)
            .Select(feed => ForFeed(feed.Name))
            .FirstOrDefault(writer => writer is not null);

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers.Values)
            await writer.DisposeAsync();
    }
}
