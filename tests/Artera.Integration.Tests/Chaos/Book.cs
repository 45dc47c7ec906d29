using System.Collections.Concurrent;
using System.Globalization;
using Artera.Integration.Demo;
using NodaTime;
using NodaTime.Extensions;

namespace Artera.Integration.Tests.Chaos;

/// <summary>What one queue of the EMR knows of its patients and visits: the truth that the hub is measured against.</summary>
/// <param name="queue">Its number; patients belong to one queue.</param>
internal sealed class Book(int queue, Dice dice)
{
    private const int PatientsOfAQueue = 100;
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly string[] Areas = ["201", "202", "203", "205", "206", "207", "208", "209", "210", "212", "213", "214", "215", "216", "217", "218"];
    private readonly SimulatedMessages messages = new();
    private readonly List<SimulatedPatient> patients = [];
    private readonly ConcurrentDictionary<string, Entry> visits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> survivors = new(StringComparer.Ordinal);
    private int registered;
    private int said;
    private int starts;

    /// <summary>A visit as it stands, and how it came there.</summary>
    public sealed record Entry(SimulatedVisit Visit, bool Cancelled = false, int Moves = 0)
    {
        public Instant Start => Visit.Start.InZoneLeniently(Zone).ToInstant();
    }

    public IEnumerable<Entry> Visits => visits.Values;

    /// <summary>Identifiers that stand for somebody else since a merge, and for whom.</summary>
    public IReadOnlyDictionary<string, string> Survivors => survivors;

    public int Said => said;

    private static LocalDateTime Now => TimeProvider.System.GetUtcNow().ToInstant().InZone(Zone).LocalDateTime;

    /// <summary>What happens next at the front desk, as the message that tells of it.</summary>
    public (string ControlId, byte[] Message) Next()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"Q{queue:D2}-{++said:D6}");
        var live = visits.Values.Where(entry => !entry.Cancelled).ToList();
        return (id, dice.Below(100) switch
        {
            < 20 when registered < PatientsOfAQueue => Register(id),
            < 26 when patients.Count > 4 => Merge(id),
            < 32 when patients.Count > 0 => messages.Updated(dice.Of(patients), id, Now),
            < 62 when live.Count > 3 => Move(dice.Of(live), id),
            < 72 when live.Count > 3 => Cancel(dice.Of(live), id),
            _ when patients.Count > 0 => Add(dice.Of(patients), id),
            _ => Register(id),
        });
    }

    private byte[] Register(string id)
    {
        var number = (queue * PatientsOfAQueue) + registered++;
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:D4}");
        var patient = new SimulatedPatient($"P{name}", $"Ada{name}", "Example") { Cell = $"{Areas[queue]}55501{number % 100:D2}" };
        patients.Add(patient);
        return messages.Registered(patient, id, Now);
    }

    /// <summary>Two records were one person's: the visits of one are the other's from here on.</summary>
    private byte[] Merge(string id)
    {
        var losing = dice.Of(patients);
        patients.Remove(losing);
        var survivor = dice.Of(patients);
        survivors[losing.Id] = survivor.Id;
        foreach (var (name, entry) in visits.Where(pair => pair.Value.Visit.Patient.Id == losing.Id).ToList())
            visits[name] = entry with { Visit = entry.Visit with { Patient = survivor } };
        return messages.Merged(survivor, losing.Id, id, Now);
    }

    private byte[] Add(SimulatedPatient patient, string id)
    {
        var visit = new SimulatedVisit(string.Create(CultureInfo.InvariantCulture, $"V{queue:D2}-{visits.Count:D5}"), patient, NewStart());
        visits[visit.Id] = new Entry(visit);
        return messages.Booked(visit, id, Now);
    }

    private byte[] Move(Entry entry, string id)
    {
        var visit = entry.Visit with { Start = NewStart() };
        visits[visit.Id] = entry with { Visit = visit, Moves = entry.Moves + 1 };
        return messages.Rescheduled(visit, id, Now);
    }

    private byte[] Cancel(Entry entry, string id)
    {
        var visit = entry.Visit with { Status = "Cancelled" };
        visits[visit.Id] = entry with { Visit = visit, Cancelled = true };
        return messages.Cancelled(visit, id, Now);
    }

    /// <summary>Never the same again, so that no two texts to one number have the same words.</summary>
    private LocalDateTime NewStart() => new LocalDateTime(Now.Year, Now.Month, Now.Day, 9, 0).PlusDays(10 + (++starts / 400)).PlusMinutes(starts % 400);
}
