using Artera.Integration.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>What one poll asks for: searches that end together, and whether what is missing from the answers says something.</summary>
/// <param name="Search">The name that its progress is kept by.</param>
/// <param name="Addresses">What is asked for, each through all of its pages.</param>
/// <param name="Window">The appointments in it are compared with ours; null: none are.</param>
internal sealed record PollPlan(string Search, IReadOnlyList<string> Addresses, Interval? Window = null)
{
    private const string Appointment = nameof(Appointment);

    /// <summary>The names of a feed's polls.</summary>
    public static IEnumerable<string> SearchesOf(Feed feed)
    {
        var poll = feed.Options.Fhir!.Poll;
        if (poll.By == FhirPollBy.LastUpdated)
            return poll.Searches.Length > 0 ? poll.Searches : TypesOf(feed);
        return poll.Searches.Where(search => TypeOf(search) != Appointment).Prepend(Appointment);
    }

    public static PollPlan Of(Feed feed, string search, Instant? watermark, Instant now)
    {
        var poll = feed.Options.Fhir!.Poll;
        if (poll.By == FhirPollBy.LastUpdated || TypeOf(search) != Appointment)
        {
            var since = watermark is { } end ? end - Duration.FromTimeSpan(poll.Overlap) : now - Duration.FromTimeSpan(poll.LookBack);
            return new(search, [With(search, $"_lastUpdated=ge{Text(since)}")]);
        }

        var window = new Interval(now - Duration.FromDays(poll.DaysBack), now + Duration.FromDays(poll.DaysAhead));
        var searches = poll.By == FhirPollBy.Known ? [] : poll.Searches.Where(own => TypeOf(own) == Appointment).DefaultIfEmpty(Appointment);
        return new(search, [.. searches.Select(own => With(own, $"date=ge{Text(window.Start)}&date=lt{Text(window.End)}"))], window);
    }

    public static string With(string search, string parameters) => $"{search}{(search.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameters}";

    public static string Text(Instant at) => InstantPattern.General.Format(at);

    private static string TypeOf(string search) => search.Split('?')[0];

    private static IEnumerable<string> TypesOf(Feed feed) =>
        feed.Mapper.File.EventNames.Select(happened => happened.Split('/')[0]).Distinct(StringComparer.Ordinal);
}
