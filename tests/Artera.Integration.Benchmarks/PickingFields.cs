using Artera.Integration.Mapping.Hl7;
using BenchmarkDotNet.Attributes;
using NodaTime;

namespace Artera.Integration.Benchmarks;

/// <summary>From the bytes of a booking to 25 strings, and what else a message costs on its way in.</summary>
[MemoryDiagnoser]
public class PickingFields
{
    private static readonly Hl7Path[] Compiled = [.. Visit.Paths.Select(Hl7Path.Parse)];

    private static readonly (string Segment, int Field, int Component, int Where, string Wanted)[] Places =
        [.. Compiled.Select(path => (path.Segment, path.Field, Math.Max(path.Component, 1), Where(path.ToString()), Equal(path.ToString())))];

    private static readonly Acknowledgement Accept =
        new() { Code = AckCode.CA, ControlId = "A1", SentAt = new(new LocalDateTime(2026, 3, 2, 10, 15), Offset.Zero) };

    private static readonly Hl7Message Message = Hl7Message.TryRead(Visit.Bytes, out _)!;

    [Benchmark(Baseline = true)]
    public int SplitIntoATree()
    {
        var tree = new TreeReader(Visit.Bytes);
        var length = 0;
        foreach (var (segment, field, component, where, equals) in Places) length += tree.Get(segment, field, component, where, equals).Length;
        return length;
    }

    [Benchmark]
    public int ReadByPosition()
    {
        var message = Hl7Message.TryRead(Visit.Bytes, out _)!;
        var length = 0;
        foreach (var path in Compiled) length += message.Get(path).Text.Length;
        return length;
    }

    [Benchmark]
    public int OnlyOpen() => Hl7Message.TryRead(Visit.Bytes, out _)!.Segments.Count;

    [Benchmark]
    public int OnlyFind()
    {
        var found = 0;
        foreach (var path in Compiled) found += Message.Get(path).HasValue ? 1 : 0;
        return found;
    }

    [Benchmark]
    public int Acknowledge() => Accept.Write(Message).Length;

    private static int Where(string path) => path.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? path[at + 1] - '0' : 0;

    private static string Equal(string path) =>
        path.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? path[(at + 1)..path.IndexOf(')', StringComparison.Ordinal)] : string.Empty;
}
