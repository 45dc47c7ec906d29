namespace Artera.Integration.Benchmarks;

/// <summary>What a stored message is and what became of it, in the shares of a busy feed.</summary>
internal readonly record struct StoredKind(
    string Event, string State, string? Cause = null, string? Path = null, string? Value = null, string? Table = null)
{
    private static readonly (int Share, string Event)[] Events =
    [
        (3000, "SIU^S12"), (500, "SIU^S13"), (2500, "SIU^S14"), (600, "SIU^S15"), (300, "SIU^S26"), (1900, "ADT^A08"), (500, "ADT^A04"),
        (300, "ADT^A31"), (50, "ADT^A40"), (345, "ORU^R01"), (5, "REF^I14"),
    ];

    public bool IsVisit => Event.StartsWith("SIU", StringComparison.Ordinal);

    public static StoredKind Pick(Random random, bool waiting)
    {
        var lot = random.Next(10_000);
        var at = 0;
        while (lot >= Events[at].Share)
            lot -= Events[at++].Share;
        var happened = Events[at].Event;
        if (waiting)
            return new(happened, "Received");
        if (happened == "ORU^R01")
            return new(happened, "Ignored", "not-listed", "MSH-9", happened);
        return random.Next(100_000) switch
        {
            < 300 => new(happened, "Held", "unknown-code", "SCH-25.1", $"Z{random.Next(20)}", "statuses"),
            < 350 => new(happened, "Held", "missing", "SCH-11.4"),
            < 550 => new(happened, "Unmapped", "unmapped-location", null, $"L{random.Next(30)}"),
            < 1050 => new(happened, "Stale", "older-version"),
            < 1060 => new(happened, "Failed", "failed"),
            < 1110 => new(happened, "Rejected", "processing-id", "MSH-11"),
            _ => new(happened, "Applied"),
        };
    }
}
