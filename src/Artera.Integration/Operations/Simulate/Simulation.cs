using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Operations.Simulate;

/// <summary>Which messages fall due in a window, under one set of settings or more. Reads only; nothing is kept.</summary>
internal sealed class Simulation(IntegrationDb db, MediumBook media, OutreachOptions options, Window window, Remapping? remapping = null)
{
    private const int Batch = 1000;

    /// <summary>How long before or after its visit a rule may speak of it.</summary>
    public static readonly Duration Horizon = Duration.FromDays(400);

    private ILookup<string, long> optedOut = null!;

    /// <summary>How many visits, recalls and referrals were looked at.</summary>
    public int Looked { get; private set; }

    /// <param name="settings">Today's; then what they are set against, which has the changed mapping too.</param>
    /// <param name="told">Gets the messages about one subject, under each of the settings.</param>
    public async Task Run(IReadOnlyList<Rules> settings, Action<IReadOnlyList<List<SimulatedMessage>>> told, CancellationToken cancellation)
    {
        optedOut = (await db.Set<OptOut>().AsNoTracking().Select(row => new { row.Number, row.LineId }).ToListAsync(cancellation)).ToLookup(row => row.Number, row => row.LineId);
        var gathering = new Gathering([.. settings.SelectMany(rules => rules.Merging)], settings.Count);
        await Visits(settings, lists => told(gathering.Keep(lists)), cancellation);
        gathering.Tell(told);
        await Each(db.Set<Recall>().Where(row => row.PracticeId != null), row => row.Id, row => row.PatientId, Order.Of, settings, told, cancellation);
        await Each(db.Set<Referral>().Where(row => row.PracticeId != null), row => row.Id, row => row.PatientId, Order.Of, settings, told, cancellation);
    }

    private async Task Visits(IReadOnlyList<Rules> settings, Action<IReadOnlyList<List<SimulatedMessage>>> told, CancellationToken cancellation)
    {
        var (first, last) = (window.From - Horizon, window.To + Horizon);
        await Each(
            db.Set<Appointment>().Where(row => row.PracticeId != null && row.StartsAt > first && row.StartsAt < last), row => row.Id, row => row.PatientId, row => new Visit(row), settings, told, cancellation);
        if (remapping is null)
            return;
        foreach (var (visit, patient) in await remapping.Found(window, cancellation))
        {
            Looked++;
            told([[], Of(settings[^1], visit, patient)]);
        }
    }

    private async Task Each<T>(
        IQueryable<T> rows, Func<T, long> id, Func<T, long> patient, Func<T, Subject> subject, IReadOnlyList<Rules> settings, Action<IReadOnlyList<List<SimulatedMessage>>> told, CancellationToken cancellation)
        where T : class
    {
        for (var after = 0L; ;)
        {
            var batch = await rows.AsNoTracking().Where(row => EF.Property<long>(row, "Id") > after).OrderBy(row => EF.Property<long>(row, "Id")).Take(Batch).ToListAsync(cancellation);
            if (batch.Count == 0)
                return;
            after = id(batch[^1]);
            var ids = batch.Select(patient).Distinct().ToList();
            var patients = await db.Set<Patient>().AsNoTracking().Include(row => row.ContactPoints).Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
            var changed = remapping is not null && batch is List<Appointment> visits ? await remapping.Of(visits, cancellation) : [];
            foreach (var row in batch)
            {
                Looked++;
                var (about, whom) = (subject(row), patients[patient(row)]);
                if (changed.TryGetValue(id(row), out var then))
                    told([Of(settings[0], about, whom), then.Visit is { } visit ? Of(settings[^1], visit, then.Patient) : []]);
                else
                    told([.. settings.Select(rules => Of(rules, about, whom))]);
            }
        }
    }

    private List<SimulatedMessage> Of(Rules rules, Subject subject, Patient patient)
    {
        var messages = new List<SimulatedMessage>();
        var practice = rules.PracticeOf(subject);
        if (practice is null)
            return messages;
        var calendar = rules.CalendarOf(practice);
        foreach (var trigger in rules.Triggers.For(practice.Id, subject.Module))
        {
            if (subject.AnchorOf(trigger, calendar) is { } anchor
                && DueTime.Of(trigger, anchor, calendar, options.Quiet) is { Dropped: false, Due: var due } && window.Contains(due)
                && Message(rules, trigger, Then.Of(subject, due), subject.Id, patient, practice, calendar, anchor) is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    /// <summary>Decided as it was or will be when it becomes known, and once more as it stands when it is due.</summary>
    private SimulatedMessage? Message(Rules rules, Trigger trigger, Subject subject, long id, Patient patient, Practice practice, PracticeCalendar calendar, Instant anchor)
    {
        var known = trigger.Timing.IsInstant ? anchor : Then.KnownSince(subject);
        if (subject.AnchorOf(trigger, calendar) != anchor
            || Planner.Decide(trigger, subject, patient, calendar, options.Quiet, media.Serves, known) is not { IsPlanned: true, Due: var due }
            || Planner.Obstacle(trigger, subject, patient, calendar, due).Reason is not null
            || Composer.LineFor(trigger, subject, rules.Directory) is not { } line)
        {
            return null;
        }

        var blocked = patient.ContactPoints.Select(point => point.Address).Where(address => optedOut[address].Contains(line.Id)).ToHashSet(StringComparer.Ordinal);
        var reach = Outreach.Reach.For(trigger, patient, media.Serves, blocked);
        var system = rules.Directory.HealthSystemOf(practice);
        if (reach.Address is null || Composer.IsTest(patient, system, reach.Address))
            return null;
        var text = trigger.Text(reach.Medium)!;
        var language = Outreach.Wording.Languages.Choose(text.Body.Keys, patient.Language, system.BaseLanguage) ?? text.Body.Keys.First();
        return new(subject.Module, id, trigger.Name, practice.Name, patient.ExternalId, due, due.InZone(practice.Zone).LocalDateTime, reach.Medium, language, text.Body[language])
        {
            Line = line.Number,
            Known = known,
            Day = (subject as Visit)?.Appointment.StartsAt?.InZone(practice.Zone).Date,
            Merged = text.Merged.Count == 0 ? null : text.Merged[Outreach.Wording.Languages.Choose(text.Merged.Keys, patient.Language, system.BaseLanguage) ?? text.Merged.Keys.First()],
        };
    }
}

/// <summary>A stretch of time, its end not included.</summary>
internal readonly record struct Window(Instant From, Instant To)
{
    public bool Contains(Instant instant) => instant >= From && instant < To;
}

/// <param name="Patient">The EMR's identifier.</param>
/// <param name="Text">As it is written, with its phrases.</param>
internal sealed record SimulatedMessage(
    TriggerModule Module, long SubjectId, string Trigger, string Practice, string Patient, Instant Due, LocalDateTime Local, Medium Medium, string Language, string Text)
{
    /// <summary>The number of the line that it comes from.</summary>
    public required string Line { get; init; }

    /// <summary>From when on it is planned.</summary>
    public required Instant Known { get; init; }

    /// <summary>The day of the visit, in the practice's zone.</summary>
    public LocalDate? Day { get; init; }

    /// <summary>What is said instead when it tells of several visits; null: it tells of one.</summary>
    public string? Merged { get; init; }

    /// <summary>How many visits it tells of.</summary>
    public int Visits { get; init; } = 1;
}
