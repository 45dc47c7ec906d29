using System.Diagnostics;
using System.Globalization;
using Artera.Integration.Operations.Load;

namespace Artera.Integration.Benchmarks.Whole;

/// <summary>
/// Everything that docs/measured.md shows, beside what it should be: <c>-- results [--scale 0.1] [--postgres "Host=..."]</c>. Takes a quarter of an
/// hour, and longer with a greater scale; nothing else should run meanwhile.
/// </summary>
internal static class ResultsTable
{
    private const int KeptFirst = 40_000;
    private static readonly string[] OfDemo = ["--location", "RFM-MAIN", "--patients", "20000", "--mix"];

    public static async Task<int> Print(string scale, string? postgreSql)
    {
        Console.WriteLine("| measured | | should be |\n| --- | ---: | ---: |");
        foreach (var database in postgreSql is null ? [null] : (string?[])[null, postgreSql])
            await OfServer(database);
        Title("Reading");
        QuickRun.Print();
        Title("Planning, queueing and sending much");
        await BulkRun.Replan(100_000);
        await BulkRun.Campaign(30_000);
        await BulkRun.Sending(10_000, 50, 200);
        Title("Big tables");
        var folder = Directory.CreateTempSubdirectory("artera-results");
        try
        {
            string[] files = [Path.Combine(folder.FullName, "small.db"), Path.Combine(folder.FullName, "big.db")];
            await Filling.Fill(files[0], double.Parse(scale, CultureInfo.InvariantCulture) / 100);
            await Filling.Fill(files[1], double.Parse(scale, CultureInfo.InvariantCulture));
            return await BigTables.Print(files);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task OfServer(string? postgreSql)
    {
        // Each in a place of its own: what one has kept, another would have to apply.
        foreach (var measure in (Func<Place, Task>[])[Acknowledging, Applying, Steady])
        {
            await using var place = await Place.Make(postgreSql);
            await measure(place);
        }
    }

    private static async Task Acknowledging(Place place)
    {
        await using var server = await RunningServer.Run(place, apply: false);
        await server.Load(64, 60_000);
        foreach (var (connections, messages) in ((int, int)[])[(1, 8_000), (8, 30_000), (64, 80_000)])
        {
            var report = await server.Load(connections, messages, "--floor", place.Floor);
            var (ratio, goal) = connections switch
            {
                1 => (report.OfOneRowCommits, "0.7 of one-row commits"),
                8 => (report.OfOneRowCommits, "2.5 of one-row commits"),
                _ => (Math.Max(report.OfHundredRowCommits ?? 0, report.OfEcho ?? 0), "0.4 of rows in hundreds or of a bare echo, p99 30 ms"),
            };
            Row($"{place.Name}: acknowledged a second, {connections} connections", $"{report.PerSecond:N0}, {ratio:0.00}, p50 {report.P50:0.00} ms, p99 {report.P99:0.0}", goal);
        }
    }

    private static async Task Applying(Place place)
    {
        await using (var keeps = await RunningServer.Run(place, apply: false))
            await keeps.Load(16, KeptFirst, OfDemo);
        await using var server = await RunningServer.Run(place, apply: true);
        await Task.Delay(TimeSpan.FromSeconds(10));
        var (left, begun, used) = (await place.Waiting(), Stopwatch.GetTimestamp(), server.ProcessorTime);
        var before = left;
        while (left > 0 && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(3))
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            left = await place.Waiting();
        }

        var (applied, seconds) = (before - left, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        Row(
            $"{place.Name}: applied a second",
            $"{applied / seconds:N0}, {(server.ProcessorTime - used).TotalMilliseconds / Math.Max(applied, 1):0.00} ms of processor time each",
            place.Name == "SQLite" ? "1,000" : "1,500");
    }

    private static async Task Steady(Place place)
    {
        await using var server = await RunningServer.Run(place, apply: true);
        Row($"{place.Name}: from the start until it is ready", $"{server.Start.TotalSeconds:0.0} s", "3 s (a published server)");
        await Task.Delay(TimeSpan.FromSeconds(20));
        var used = server.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(20));
        Row($"{place.Name}: idle", $"{(server.ProcessorTime - used).TotalSeconds / 20:0.0 %}, {server.Megabytes:0} MB", "1 %, 300 MB");
        await server.Load(16, 6_000, [.. OfDemo, "--rate", "200"]);
        LoadReport report = await server.Load(16, 12_000, [.. OfDemo, "--rate", "200"]);
        Row($"{place.Name}: 200 messages a second, all applied", $"p50 {report.P50:0.00} ms, p99 {report.P99:0.0}, {await place.Waiting()} wait at the end", "p50 2 ms, p99 5");
    }

    private static void Row(FormattableString what, FormattableString came, string goal) =>
        Console.WriteLine($"| {what.ToString(CultureInfo.InvariantCulture)} | {came.ToString(CultureInfo.InvariantCulture)} | {goal} |");

    private static void Title(string title) => Console.WriteLine($"\n## {title}\n");
}
