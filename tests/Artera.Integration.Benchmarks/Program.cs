using Artera.Integration.Benchmarks;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["--quick", ..]:
        return QuickRun.Print();
    case ["fill", "--messages", var count, "--database", var file]:
        return await Filling.Fill(file, long.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    case ["search", "--database", var file]:
        return await Searching.Print(file);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PickingFields).Assembly).Run(args);
        return 0;
}
