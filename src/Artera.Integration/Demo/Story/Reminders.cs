using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>When the texts of a visit are due: ten in the morning where the visit takes place.</summary>
internal static class Reminders
{
    public static readonly int[] DaysBefore = [7, 2, 1];

    private static readonly LocalTime Ten = new(10, 0);

    public static Instant Due(StoryVisit visit, int daysBefore) =>
        visit.Place.Zone.AtLeniently(visit.Start.Date.PlusDays(-daysBefore).At(Ten)).ToInstant();

    public static bool IsBetween(Instant due, Instant after, Instant until) =>
        due > after && due <= until && due <= Fortnight.Ends;

    /// <summary>How many of the three questions still wait when the fortnight is over.</summary>
    public static int Waiting(StoryVisit visit) => DaysBefore.Count(days => Due(visit, days) > Fortnight.Ends);

    /// <summary>The survey goes out the morning after.</summary>
    public static bool IsSurveyed(StoryVisit visit, int day) =>
        visit.Place.Zone.AtLeniently(Fortnight.Monday.PlusDays(day + 1).At(Ten)).ToInstant() <= Fortnight.Ends;
}
