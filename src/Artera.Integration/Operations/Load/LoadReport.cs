using System.Globalization;
using System.Text.Json;

namespace Artera.Integration.Operations.Load;

/// <summary>What a load run came to; latencies in milliseconds.</summary>
internal sealed record LoadReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required int Connections { get; init; }

    public required int Messages { get; init; }

    public required int Acknowledged { get; init; }

    public required double Seconds { get; init; }

    public required double PerSecond { get; init; }

    public required double P50 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    public required double Max { get; init; }

    /// <summary>What the driver alone does.</summary>
    public DriverFloor? Floor { get; init; }

    /// <summary>What the same senders get from a listener that keeps nothing.</summary>
    public double? EchoPerSecond { get; init; }

    public double? OfOneRowCommits => PerSecond / Floor?.OneRowCommits;

    public double? OfHundredRowCommits => PerSecond / Floor?.RowsInHundreds;

    public double? OfEcho => PerSecond / EchoPerSecond;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Connections} connections: {Acknowledged} of {Messages} acknowledged in {Seconds:F1} s, {PerSecond:F0}/s; ms p50 {P50:F2} p95 {P95:F2} p99 {P99:F2} max {Max:F1}");
        return Floor is null ? text : string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {text}
             bare driver: {Floor.OneRowCommits:F0} one-row commits/s ({OfOneRowCommits:F2} x), {Floor.RowsInHundreds:F0} rows/s in commits of 100 ({OfHundredRowCommits:F2} x)
             bare echo: {EchoPerSecond:F0}/s ({OfEcho:F2} x)
             """);
    }
}
