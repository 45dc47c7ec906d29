using NodaTime;

namespace Artera.Integration.Demo;

/// <summary>A made-up patient in the simulator's book. Numbers are of the range 555-0100 to 555-0199, kept for fiction.</summary>
public sealed record SimulatedPatient(string Id, string Given, string Family)
{
    public LocalDate Born { get; init; } = new(1970, 1, 1);

    /// <summary>Table 0001: F, M, O or U.</summary>
    public string Sex { get; init; } = "U";

    /// <summary>As the EMR writes it: <c>eng</c>, <c>spa</c>, <c>ara</c>.</summary>
    public string Language { get; init; } = "eng";

    /// <summary>Ten digits.</summary>
    public string? Cell { get; init; }

    /// <summary>Ten digits.</summary>
    public string? Home { get; init; }

    public string? Email { get; init; }

    public bool Died { get; init; }
}

/// <summary>A made-up visit in the simulator's book.</summary>
public sealed record SimulatedVisit(string Id, SimulatedPatient Patient, LocalDateTime Start)
{
    public int Minutes { get; init; } = 30;

    public string Type { get; init; } = "FOLLOWUP";

    public string TypeText { get; init; } = "Follow-up visit";

    public string Provider { get; init; } = "P100";

    public string ProviderName { get; init; } = "Adams^Test";

    public string Location { get; init; } = "RFM-MAIN";

    /// <summary>SCH-25, in the EMR's words.</summary>
    public string Status { get; init; } = "Booked";

    /// <summary>SCH-6, on a cancellation.</summary>
    public string? CancelReason { get; init; }
}
