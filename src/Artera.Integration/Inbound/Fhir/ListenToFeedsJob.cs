using Artera.Integration.Feeds;
using Mediator;
using Quartz;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Every minute, on every node: what was heard of each FHIR feed is noted, and one that has gone quiet against its habit is said.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ListenToFeedsJob(ISender sender, FeedBook feeds, FeedEar ear, ILogger<ListenToFeedsJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var feed in feeds.All.Where(feed => feed.Options.Fhir is not null))
        {
            var heard = ear.Take(feed.Name);
            try
            {
                var (isQuiet, isNews) = await sender.Send(new NoteHour(feed.Name, heard), cancellationToken);
                if (isNews && isQuiet)
                    LogQuiet(feed.Name);
                else if (isNews)
                    LogHeard(feed.Name);
            }
            catch
            {
                ear.Heard(feed.Name, heard);
                throw;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No notification of {Feed} has come, although by its habit many should have")]
    private partial void LogQuiet(string feed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notifications of {Feed} come again")]
    private partial void LogHeard(string feed);
}
