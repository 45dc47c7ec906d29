using Artera.Integration.Benchmarks;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["--quick", ..]:
        return QuickRun.Print();
    case ["fill", "--scale", var scale, "--database", var file]:
        return await Filling.Fill(file, double.Parse(scale, System.Globalization.CultureInfo.InvariantCulture));
    case ["tables", .. var files] when files.Length > 0:
        return await BigTables.Print([.. files.Where(file => file != "--database")]);
    case ["search", "--database", var file]:
        return await Searching.Print(file);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PickingFields).Assembly).Run(args);
        return 0;
}
