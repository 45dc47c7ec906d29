using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using BenchmarkDotNet.Attributes;
using NodaTime;

namespace Artera.Integration.Benchmarks;

/// <summary>From the bytes of a booking to what it means by <c>mappings/generic</c>.</summary>
[MemoryDiagnoser]
public class MappingAVisit
{
    private static readonly MappingContext Context = new(DateTimeZoneProviders.Tzdb["America/Chicago"]);

    private static readonly Mapper Generic = Compile();

    [Benchmark]
    public int Map() => Generic.Map(Hl7Message.TryRead(Visit.Bytes, out _)!, Context).Events.Count;

    [Benchmark]
    public int Keys() => Generic.Keys(Hl7Message.TryRead(Visit.Bytes, out _)!).AppointmentId!.Length;

    [Benchmark]
    public int Explain() => Generic.Explain(Hl7Message.TryRead(Visit.Bytes, out _)!, Context).Readings.Count;

    private static Mapper Compile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (MappingFile.TryLoad(Path.Combine(folder.FullName, "mappings", "generic"), out var file, out _))
                return Mapper.Compile(file);
        }

        throw new DirectoryNotFoundException("mappings");
    }
}
