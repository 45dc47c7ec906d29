using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>Where the story's visits take place, as <c>enterprise.yaml</c> sets them up.</summary>
internal sealed record StoryPlace(string Location, string Provider, string Type, string Line, DateTimeZone Zone)
{
    public static readonly StoryPlace Family = new("RFM-MAIN", "P100", "FOLLOWUP", "+12025550110", Fortnight.NewYork);
    public static readonly StoryPlace Pediatrics = new("RFM-PEDS", "P101", "WELLCHILD", "+12025550111", Fortnight.NewYork);
    public static readonly StoryPlace Cardiology = new("LSC-1", "P200", "ECHO", "+13125550120", Fortnight.Chicago);

    /// <summary>The practice whose EMR speaks FHIR.</summary>
    public static readonly StoryPlace Hilltop = new("hilltop", "p300", "CHECKUP", "+16085550130", Fortnight.Chicago);

    /// <summary>No practice has set this one up.</summary>
    public static readonly StoryPlace Unowned = Family with { Location = "ANNEX-9" };

    public static StoryPlace Nth(int n) => (n % 3) switch { 0 => Family, 1 => Cardiology, _ => Pediatrics };
}
