using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Chaos;

/// <summary>Every acknowledged message is kept and applied once, in its order, and the hub says what the EMR's book says.</summary>
internal static class AuditOfMessages
{
    public static async Task Messages(this Audit audit, IReadOnlyList<Book> books, IReadOnlyList<InterfaceEngine> engines)
    {
        var acknowledged = engines.SelectMany(engine => engine.Acknowledged).ToHashSet(StringComparer.Ordinal);
        var kept = await audit.Db.Set<InboxMessage>().AsNoTracking().OrderBy(row => row.Id)
            .Select(row => new { row.ControlId, row.State, row.Cause, row.PatientKey }).ToListAsync();
        audit.Find("acknowledged and not kept", acknowledged.Except(kept.Select(row => row.ControlId), StringComparer.Ordinal));
        audit.Find("kept and never said", kept.Select(row => row.ControlId).Except(acknowledged, StringComparer.Ordinal));
        audit.Find("kept twice", kept.CountBy(row => row.ControlId, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => pair.Key));
        // Two identifiers are two lanes until a merge: what was said of the one before it may come after what was said of the other since.
        var merged = books.SelectMany(book => book.Survivors.Keys).ToHashSet(StringComparer.Ordinal);
        audit.Find("not applied", kept.Where(row => row.State != InboxState.Applied && !(row.State == InboxState.Stale && merged.Contains(row.PatientKey ?? ""))));
        foreach (var queue in kept.GroupBy(row => row.ControlId[..3], row => row.ControlId, StringComparer.Ordinal))
            audit.Find("out of order", queue.Zip(queue.Skip(1)).Where(pair => string.CompareOrdinal(pair.First, pair.Second) > 0));
    }

    public static async Task Hub(this Audit audit, IReadOnlyList<Book> books)
    {
        var patients = await audit.Db.Set<Patient>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.ExternalId);
        var rows = await audit.Db.Set<Appointment>().AsNoTracking().ToListAsync();
        var hub = rows.ToDictionary(row => row.ExternalId, row => new Standing(patients[row.PatientId], row.StartsAt, row.SystemStatus == EmrStatus.Cancelled), StringComparer.Ordinal);
        var visits = books.SelectMany(book => book.Visits).ToList();
        audit.Find("visit differs", visits
            .Select(entry => (entry.Visit.Id, Book: new Standing(entry.Visit.Patient.Id, entry.Start, entry.Cancelled), Hub: hub.GetValueOrDefault(entry.Visit.Id)))
            .Where(pair => pair.Book != pair.Hub));
        audit.Find("visit nobody booked", hub.Keys.Except(visits.Select(entry => entry.Visit.Id), StringComparer.Ordinal));

        var aliases = await audit.Db.Set<PatientIdentifier>().AsNoTracking().ToDictionaryAsync(row => row.ExternalId, row => patients[row.PatientId], StringComparer.Ordinal);
        foreach (var survivors in books.Select(book => book.Survivors))
            audit.Find("merge is missing", survivors.Where(merge => aliases.GetValueOrDefault(merge.Key) != Last(merge.Value, survivors)));
        audit.Find("patient without a name of its own", patients.Values.Where(id => aliases.GetValueOrDefault(id) != id));

        var told = (await audit.Db.Set<ChannelLine>().Where(line => line.AppointmentId != null && line.Kind == LineKind.Event)
            .GroupBy(line => new { line.AppointmentId, line.Event }).Select(group => new { group.Key.AppointmentId, group.Key.Event, Count = group.Count() }).ToListAsync())
            .ToDictionary(group => (group.AppointmentId!.Value, group.Event!), group => group.Count);
        var overtaken = (await audit.Db.Set<InboxMessage>().Where(row => row.State == InboxState.Stale).Select(row => row.AppointmentKey).ToListAsync()).ToHashSet();
        var ids = rows.ToDictionary(row => row.ExternalId, row => row.Id, StringComparer.Ordinal);
        audit.Find("told of a visit more or less often than it changed", visits.Where(entry => ids.ContainsKey(entry.Visit.Id) && !overtaken.Contains(entry.Visit.Id))
            .Select(entry => (entry.Visit.Id, Book: (1, entry.Moves, entry.Cancelled ? 1 : 0), Told: Told(ids[entry.Visit.Id])))
            .Where(pair => pair.Book != pair.Told));

        (int, int, int) Told(long visit) =>
            (told.GetValueOrDefault((visit, ChannelEvent.Booked)), told.GetValueOrDefault((visit, ChannelEvent.Changed)), told.GetValueOrDefault((visit, ChannelEvent.CancelledByEmr)));
    }

    private static string Last(string survivor, IReadOnlyDictionary<string, string> survivors)
    {
        while (survivors.TryGetValue(survivor, out var next))
            survivor = next;
        return survivor;
    }

    private sealed record Standing(string Patient, Instant? Start, bool Cancelled);
}
