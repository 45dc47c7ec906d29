using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Notes how many notifications a node has heard of a feed, and decides whether it has gone quiet.</summary>
/// <returns>Whether it is quiet, and whether that is news.</returns>
internal sealed record NoteHour(string Feed, int Heard) : IRequest<NoteHour.Result>
{
    public readonly record struct Result(bool IsQuiet, bool IsNews);
}

internal sealed class NoteHourHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<NoteHour, NoteHour.Result>
{
    public async ValueTask<NoteHour.Result> Handle(NoteHour request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var (hour, old) = (FeedHabit.HourOf(now), now - FeedHabit.Memory);
        var rows = db.Set<FhirHour>().Where(row => row.Feed == request.Feed);
        var current = await rows.SingleOrDefaultAsync(row => row.Hour == hour, cancellationToken);
        if (current is null)
        {
            await rows.Where(row => row.Hour < old).ExecuteDeleteAsync(cancellationToken);
            db.Add(current = new() { Feed = request.Feed, Hour = hour });
        }

        current.Heard += request.Heard;
        await db.SaveChangesAsync(cancellationToken);
        return await Decide(request.Feed, await rows.AsNoTracking().ToDictionaryAsync(row => row.Hour, row => row.Heard, cancellationToken), cancellationToken);
    }

    /// <summary>Who is quiet stays so until something is heard: in time, silence becomes a habit too.</summary>
    private async Task<NoteHour.Result> Decide(string feed, Dictionary<Instant, int> heard, CancellationToken cancellation)
    {
        var known = await db.Set<FhirSilence>().SingleOrDefaultAsync(row => row.Feed == feed, cancellation);
        if (known is not null)
        {
            if (!heard.Any(hour => hour.Key >= known.Since && hour.Value > 0))
                return new(IsQuiet: true, IsNews: false);
            db.Remove(known);
            return new(IsQuiet: false, IsNews: true);
        }

        if (FeedHabit.QuietSince(heard, time.Now()) is not { } since)
            return default;
        db.Add(new FhirSilence { Feed = feed, Since = since });
        return new(IsQuiet: true, IsNews: true);
    }
}
