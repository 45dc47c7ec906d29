using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Enterprise;

/// <summary>
/// Brings the database to what a file says: adds and changes, never deletes. Run in a transaction that the
/// caller commits, or rolls back after having shown the plan.
/// </summary>
public sealed class EnterpriseImport(IntegrationDb db)
{
    private readonly List<string> plan = [];

    /// <summary>One line for each row that is added or changed.</summary>
    public IReadOnlyList<string> Plan => plan;

    public async Task<HealthSystem> Run(EnterpriseFile file, CancellationToken cancellation)
    {
        var system = await db.Set<HealthSystem>().SingleOrDefaultAsync(row => row.Name == file.Name, cancellation) ?? New(new HealthSystem { Name = file.Name });
        system.BaseLanguage = file.BaseLanguage;
        system.TestFamilyName = file.TestFamilyName;
        system.TestNumbers = file.TestNumbers;
        await Save($"enterprise {file.Name}", cancellation);

        foreach (var entry in file.Practices)
            await Practice(system, entry, cancellation);
        foreach (var entry in file.EventTypes)
            await EventType(entry, cancellation);
        await Holidays(system, practiceId: null, file.Holidays, cancellation);
        return system;
    }

    private async Task Practice(HealthSystem system, EnterpriseFile.PracticeEntry entry, CancellationToken cancellation)
    {
        var practice = await db.Set<Practice>().SingleOrDefaultAsync(row => row.HealthSystemId == system.Id && row.Name == entry.Name, cancellation)
            ?? New(new Practice { HealthSystemId = system.Id, Name = entry.Name, TimeZone = entry.TimeZone });
        practice.TimeZone = entry.TimeZone;
        practice.ConfirmText = entry.ConfirmText;
        if (entry.Hours is { } hours)
            practice.Hours = new Hours { Open = [.. hours.Select(open => new OpenTime(open.Day, open.From, open.To))] };
        await Save($"practice {entry.Name}", cancellation);

        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var lineEntry in entry.Lines)
        {
            var line = await db.Set<Line>().SingleOrDefaultAsync(row => row.Number == lineEntry.Number, cancellation)
                ?? New(new Line { PracticeId = practice.Id, Number = lineEntry.Number, Name = lineEntry.Name });
            (line.PracticeId, line.Name, line.OneWay) = (practice.Id, lineEntry.Name, lineEntry.OneWay);
            await Save($"line {lineEntry.Name} of {entry.Name}", cancellation);
            lines.Add(line.Number, line.Id);
        }

        foreach (var resourceEntry in entry.Resources ?? [])
        {
            var resource = await db.Set<Resource>().SingleOrDefaultAsync(
                row => row.Emr == resourceEntry.Emr && row.Kind == resourceEntry.Kind && row.ExternalId == resourceEntry.Id, cancellation)
                ?? New(new Resource { Emr = resourceEntry.Emr, Kind = resourceEntry.Kind, ExternalId = resourceEntry.Id, Name = resourceEntry.Name });
            (resource.PracticeId, resource.LineId) = (practice.Id, resourceEntry.Line is { } number ? lines[number] : null);
            (resource.Name, resource.Address, resource.Phone) = (resourceEntry.Name, resourceEntry.Address, resourceEntry.Phone);
            await Save($"{resourceEntry.Kind} {resourceEntry.Id} of {entry.Name}", cancellation);
        }

        await Holidays(system, practice.Id, entry.Holidays, cancellation);
    }

    private async Task EventType(EnterpriseFile.EventTypeEntry entry, CancellationToken cancellation)
    {
        var type = await db.Set<EventType>().SingleOrDefaultAsync(row => row.Emr == entry.Emr && row.ExternalId == entry.Id, cancellation)
            ?? New(new EventType { Emr = entry.Emr, ExternalId = entry.Id });
        (type.Name, type.Instructions, type.Completes) = (entry.Name, entry.Instructions, entry.Completes);
        await Save($"event type {entry.Id}", cancellation);
    }

    private async Task Holidays(HealthSystem system, long? practiceId, List<EnterpriseFile.HolidayEntry> entries, CancellationToken cancellation)
    {
        foreach (var entry in entries)
        {
            var day = entry.Day;
            var holiday = await db.Set<Holiday>().SingleOrDefaultAsync(
                row => row.HealthSystemId == system.Id && row.PracticeId == practiceId && row.Date == day, cancellation)
                ?? New(new Holiday { HealthSystemId = system.Id, PracticeId = practiceId, Date = day, Name = entry.Name });
            (holiday.Name, holiday.Yearly, holiday.OpenAnyway) = (entry.Name, entry.Yearly, entry.OpenAnyway);
            await Save($"holiday {entry.Name}", cancellation);
        }
    }

    private T New<T>(T row)
        where T : class
    {
        db.Add(row);
        return row;
    }

    private async Task Save(string what, CancellationToken cancellation)
    {
        var states = db.ChangeTracker.Entries().Select(entry => entry.State).ToHashSet();
        if (states.Contains(EntityState.Added))
            plan.Add($"+ {what}");
        else if (states.Contains(EntityState.Modified))
            plan.Add($"~ {what}");
        await db.SaveChangesAsync(cancellation);
    }
}
