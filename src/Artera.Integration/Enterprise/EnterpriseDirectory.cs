using System.Collections.Frozen;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Enterprise;

/// <summary>Everything the enterprise has set up, as it was at one moment: small, read by every message, changed rarely.</summary>
public sealed class EnterpriseDirectory
{
    private readonly FrozenDictionary<long, Practice> practices;
    private readonly FrozenDictionary<long, Line> lines;
    private readonly FrozenDictionary<string, Line> linesByNumber;
    private readonly FrozenDictionary<(string Emr, ResourceKind Kind, string Id), Resource> resources;
    private readonly FrozenDictionary<(string Emr, string Id), EventType> eventTypes;
    private readonly FrozenDictionary<long, HealthSystem> healthSystems;

    private EnterpriseDirectory(
        List<HealthSystem> healthSystems,
        List<Practice> practices,
        List<Line> lines,
        List<Resource> resources,
        List<EventType> eventTypes,
        List<Holiday> holidays)
    {
        this.healthSystems = healthSystems.ToFrozenDictionary(system => system.Id);
        this.practices = practices.ToFrozenDictionary(practice => practice.Id);
        this.lines = lines.ToFrozenDictionary(line => line.Id);
        linesByNumber = lines.ToFrozenDictionary(line => line.Number, StringComparer.Ordinal);
        this.resources = resources.ToFrozenDictionary(resource => (resource.Emr, resource.Kind, resource.ExternalId));
        this.eventTypes = eventTypes.ToFrozenDictionary(type => (type.Emr, type.ExternalId));
        Holidays = holidays;
    }

    public IReadOnlyList<Holiday> Holidays { get; }

    public IEnumerable<Practice> Practices => practices.Values;

    public IEnumerable<Line> Lines => lines.Values;

    public IEnumerable<HealthSystem> HealthSystems => healthSystems.Values;

    public Practice Practice(long id) => practices[id];

    public Line Line(long id) => lines[id];

    public HealthSystem HealthSystemOf(Practice practice) => healthSystems[practice.HealthSystemId];

    public Line? LineWithNumber(string number) => linesByNumber.GetValueOrDefault(number);

    public Resource? Resource(string emr, ResourceKind kind, string? externalId) =>
        externalId is null ? null : resources.GetValueOrDefault((emr, kind, externalId));

    public EventType? EventType(string emr, string? externalId) =>
        externalId is null ? null : eventTypes.GetValueOrDefault((emr, externalId));

    /// <summary>The practice that owns the location or, when the EMR names none, the provider.</summary>
    public Practice? PracticeOf(string emr, string? location, string? provider)
    {
        var owner = location is null ? Resource(emr, ResourceKind.Provider, provider) : Resource(emr, ResourceKind.Location, location);
        return owner?.PracticeId is { } id ? practices[id] : null;
    }

    /// <summary>The line of a resource that the EMR names or, when it has none, the practice's first.</summary>
    public Line? LineOf(string emr, ResourceKind kind, string? externalId, long practiceId) =>
        Resource(emr, kind, externalId)?.LineId is { } line ? lines[line] : FirstLineOf(practiceId);

    /// <summary>The line that a practice's texts come from when no resource names one.</summary>
    public Line? FirstLineOf(long practiceId) =>
        lines.Values.Where(line => line.PracticeId == practiceId).MinBy(line => line.Id);

    public static async Task<EnterpriseDirectory> Load(IntegrationDb db, CancellationToken cancellation) => new(
        await db.Set<HealthSystem>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<Practice>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<Line>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<Resource>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<EventType>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<Holiday>().AsNoTracking().ToListAsync(cancellation));
}
