using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>A visit of the story.</summary>
/// <param name="Start">In the place's zone.</param>
internal sealed record StoryVisit(string Id, SimulatedPatient Patient, StoryPlace Place, LocalDateTime Start)
{
    /// <summary>SCH-25.</summary>
    public string Status { get; init; } = "Booked";

    /// <summary>As the EMR's book has it: all times of New York.</summary>
    public SimulatedVisit InTheBook => new(Id, Patient, Place.Zone.AtLeniently(Start).WithZone(Fortnight.NewYork).LocalDateTime)
    {
        Type = Place.Type,
        TypeText = Place.Type,
        Location = Place.Location,
        Provider = Place.Provider,
        Status = Status,
    };

    public StoryVisit MovedBy(int days) => this with { Start = Start.PlusDays(days) };

    public StoryVisit With(string status) => this with { Status = status };
}
