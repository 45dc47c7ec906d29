using Artera.Integration.Benchmarks;
using Artera.Integration.Benchmarks.Whole;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["results", .. var more]:
        return await ResultsTable.Print(After(more, "--scale") ?? "0.1", After(more, "--postgres"));
    case ["--quick", ..]:
        return QuickRun.Print();
    case ["fill", "--scale", var scale, "--database", var file]:
        return await Filling.Fill(file, double.Parse(scale, System.Globalization.CultureInfo.InvariantCulture));
    case ["tables", .. var files] when files.Length > 0:
        return await BigTables.Print([.. files.Where(file => file != "--database")]);
    case ["search", "--database", var file]:
        return await Searching.Print(file);
    case ["replan", "--appointments", var visits]:
        return await BulkRun.Replan(int.Parse(visits, System.Globalization.CultureInfo.InvariantCulture));
    case ["campaign", "--patients", var patients]:
        return await BulkRun.Campaign(int.Parse(patients, System.Globalization.CultureInfo.InvariantCulture));
    case ["sending", "--messages", var messages, "--latency", var latency, .. var more]:
        return await BulkRun.Sending(
            int.Parse(messages, System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(latency, System.Globalization.CultureInfo.InvariantCulture),
            more is ["--at-once", var atOnce] ? int.Parse(atOnce, System.Globalization.CultureInfo.InvariantCulture) : 100);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PickingFields).Assembly).Run(args);
        return 0;
}

static string? After(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
