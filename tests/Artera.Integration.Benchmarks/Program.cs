using Artera.Integration.Benchmarks;
using BenchmarkDotNet.Running;

if (args.Contains("--quick"))
    return QuickRun.Print();

BenchmarkSwitcher.FromAssembly(typeof(PickingFields).Assembly).Run(args);
return 0;
