using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// Missing events were asked for. What came is kept as any notification is; where the server does not tell, what changed is
/// searched for.
/// </summary>
/// <param name="Answer">Null when it was not asked.</param>
internal sealed record RecoverEvents(long GapId, FhirAnswer? Answer) : IRequest<bool>;

internal sealed partial class RecoverEventsHandler(IntegrationDb db, FeedBook feeds, TimeProvider time, ILogger<RecoverEventsHandler> log) : IRequestHandler<RecoverEvents, bool>
{
    public async ValueTask<bool> Handle(RecoverEvents request, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<FhirGap>([request.GapId], cancellationToken) is not { } gap)
            return false;
        if (request.Answer is { Outcome: FhirOutcome.Down } outage)
        {
            gap.Attempts++;
            gap.Trouble = outage.Why;
            gap.DueAt = time.Now() + RetryPolicy.After(Failure.Transient, gap.Attempts, outage.AskedFor, int.MaxValue).Pause;
            return false;
        }

        db.Remove(gap);
        if (feeds.Find(gap.Feed) is { } feed)
            await Recover(feed, gap, request.Answer, cancellationToken);
        return true;
    }

    private async Task Recover(Feed feed, FhirGap gap, FhirAnswer? answer, CancellationToken cancellation)
    {
        var isTold = answer is { Outcome: FhirOutcome.Found };
        LogRecovered(gap.First, gap.Last, feed.Name, gap.Subscription, isTold ? "$events" : "poll");
        if (isTold)
        {
            await db.KeepVersion(FhirIntake.Recovered(feed, answer!.Value.Body.ToArray(), time.Now()), quiet: false, cancellation);
        }
        else if (feed.Options.Fhir!.PollEvery is not null)
        {
            var now = time.Now();
            await db.Set<FhirPoll>().Where(poll => poll.Feed == feed.Name).ExecuteUpdateAsync(set => set.SetProperty(poll => poll.DueAt, now), cancellation);
        }
        else
        {
            await db.KeepVersion(FhirIntake.Recovered(feed, [], time.Now()), quiet: false, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Events {First} to {Last} of {Feed}'s {Subscription} are recovered by {Way}")]
    private partial void LogRecovered(long first, long last, string feed, string subscription, string way);
}
