using Artera.Integration.Data;
using Artera.Integration.Operations.Retention;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Web.Tracing;

/// <summary>Says from when on nothing is missing: what is older than the settings keep it may have been removed.</summary>
internal sealed class Horizon(IOptions<RetentionOptions> options, TimeProvider time)
{
    /// <summary>One step for each kind of thing that is not kept for as long as that.</summary>
    /// <param name="begun">When it began.</param>
    public IEnumerable<TraceStep> Since(Instant begun)
    {
        var kept = options.Value;
        foreach (var (days, what) in new[] { (kept.MessagesDays, "Messages of the EMR"), (kept.TextsDays, "Texts"), (kept.DecisionsDays, "Decisions"), (kept.WriteBacksDays, "Answers to the EMR") })
        {
            if (days is { } most && time.Now() - Duration.FromDays(most) is var since && begun < since)
                yield return new TraceStep(since, TraceStage.Removed, "retention", $"{what} from before are not kept");
        }
    }
}
