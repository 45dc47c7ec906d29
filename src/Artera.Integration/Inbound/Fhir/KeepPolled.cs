using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Journals what a page of a poll brought; with the last page, and in its transaction, the poll moves on.</summary>
/// <param name="Quiet">Nobody is texted about it: it is only now that we look.</param>
/// <param name="End">How the poll ended; null while there is more.</param>
/// <returns>How many versions were new.</returns>
internal sealed record KeepPolled(string Feed, IReadOnlyList<InboxMessage> Versions, bool Quiet, PollEnd? End) : IRequest<int>;

/// <param name="Search">Whose poll.</param>
/// <param name="Watermark">The server's clock when it began; null when it did not come to its end.</param>
/// <param name="Trouble">Why it did not, or what it could not see.</param>
internal sealed record PollEnd(string Search, Instant? Watermark, FhirAnswer? Trouble = null);

internal sealed class KeepPolledHandler(IntegrationDb db, FeedBook feeds, InboxSignal signal, TimeProvider time) : IRequestHandler<KeepPolled, int>
{
    public async ValueTask<int> Handle(KeepPolled request, CancellationToken cancellationToken)
    {
        var news = 0;
        foreach (var version in request.Versions)
        {
            if (await db.KeepVersion(version, request.Quiet, cancellationToken))
                news++;
        }

        if (request.End is { } end)
            await Move(request.Feed, end, cancellationToken);
        if (news > 0)
            signal.Raise();
        return news;
    }

    private async Task Move(string feed, PollEnd end, CancellationToken cancellation)
    {
        var now = time.Now();
        var poll = await db.Set<FhirPoll>().SingleOrDefaultAsync(row => row.Feed == feed && row.Search == end.Search, cancellation);
        if (poll is null)
            db.Add(poll = new() { Feed = feed, Search = end.Search });
        if (end.Watermark is { } watermark)
        {
            poll.Watermark = poll.Watermark > watermark ? poll.Watermark : watermark;
            (poll.EndedAt, poll.Attempts) = (now, 0);
        }
        else
        {
            poll.Attempts++;
        }

        var every = Duration.FromTimeSpan(feeds.Find(feed)?.Options.Fhir?.PollEvery ?? TimeSpan.FromMinutes(1));
        poll.DueAt = now + (end.Watermark is null ? Pause(poll.Attempts, end.Trouble, every) : every);
        poll.Trouble = end.Trouble?.Why;
        poll.TroubleSince = poll.Trouble is null ? null : poll.TroubleSince ?? now;
    }

    /// <summary>A server that is down is asked again sooner than in an hour, and one that asks for a pause gets it.</summary>
    private static Duration Pause(int attempts, FhirAnswer? trouble, Duration every)
    {
        var next = RetryPolicy.After(Failure.Transient, attempts, trouble?.AskedFor, int.MaxValue);
        return trouble?.AskedFor is not null || next.Pause < every ? next.Pause : every;
    }
}
