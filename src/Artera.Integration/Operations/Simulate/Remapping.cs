using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Simulate;

/// <summary>
/// Visits and their patients as a changed mapping would have them: what the last stored message of each says otherwise than
/// under the mapping in force is laid over what is known. Reads only.
/// </summary>
internal sealed class Remapping(IntegrationDb db, Feed feed, Mapper changed, EnterpriseDirectory directory)
{
    private static readonly InboxState[] NotApplied = [InboxState.Held, InboxState.Unmapped, InboxState.Ignored];

    /// <summary>How many stored messages were read again.</summary>
    public int Read { get; private set; }

    /// <summary>Visits whose last message can be read again; without a visit the mapping would know none. The others stay as they are.</summary>
    public async Task<Dictionary<long, (Visit? Visit, Patient Patient)>> Of(IReadOnlyCollection<Appointment> visits, CancellationToken cancellation)
    {
        var mine = visits.Where(visit => visit.Feed == feed.Name && visit.InboxMessageId is not null).ToList();
        var ids = mine.ConvertAll(visit => visit.Id);
        var messageIds = mine.ConvertAll(visit => visit.InboxMessageId!.Value);
        var patientIds = mine.Select(visit => visit.PatientId).Distinct().ToList();
        var messages = await db.Set<InboxMessage>().WithBytes().AsNoTracking().Where(row => messageIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var copies = await db.Set<Appointment>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellation);
        var patients = await db.Set<Patient>().AsNoTracking().Include(row => row.ContactPoints).Where(row => patientIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var result = new Dictionary<long, (Visit?, Patient)>();
        foreach (var copy in copies.Where(copy => messages.ContainsKey(copy.InboxMessageId!.Value)))
        {
            var message = messages[copy.InboxMessageId!.Value];
            Read++;
            if (One(Visits(feed.Mapper, message), copy.ExternalId) is not { } was)
                continue;
            var patient = patients[copy.PatientId];
            if (One(Visits(changed, message), copy.ExternalId, was.Patient.Id) is not { } now)
            {
                result[copy.Id] = (null, patient);
                continue;
            }

            Lay(copy, was, now, message);
            patient.Take(Differences.Between(was.Patient, now.Patient), feed.Options.Region);
            result[copy.Id] = (new Visit(copy), patient);
        }

        return result;
    }

    /// <summary>Visits of messages that wait or were passed over, which the changed mapping would understand; the newest message of each.</summary>
    public async Task<List<(Visit Visit, Patient Patient)>> Found(Window window, CancellationToken cancellation)
    {
        var found = new Dictionary<string, (Appointment Visit, PatientFacts Patient)>(StringComparer.Ordinal);
        await foreach (var message in db.Set<InboxMessage>().WithBytes().AsNoTracking()
            .Where(row => row.Feed == feed.Name && NotApplied.Contains(row.State)).OrderBy(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            Read++;
            foreach (var said in Visits(changed, message))
            {
                if (said.Appointment.Start is { HasValue: true, Value.At: var start } && start >= window.From - Simulation.Horizon && start < window.To + Simulation.Horizon)
                    found[said.Appointment.Id] = (New(said, message), said.Patient);
            }
        }

        var known = await db.Set<Appointment>().Where(row => row.Emr == feed.Emr && found.Keys.Contains(row.ExternalId)).Select(row => row.ExternalId).ToListAsync(cancellation);
        var result = new List<(Visit, Patient)>();
        foreach (var (visit, facts) in found.Where(pair => !known.Contains(pair.Key, StringComparer.Ordinal)).Select(pair => pair.Value))
        {
            if (directory.PracticeOf(feed.Emr, visit.LocationCode, visit.ProviderCode) is not { } practice)
                continue;
            visit.PracticeId = practice.Id;
            var patient = await db.Set<Patient>().AsNoTracking().Include(row => row.ContactPoints).FirstOrDefaultAsync(row => row.Emr == feed.Emr && row.ExternalId == facts.Id, cancellation)
                ?? new Patient { Emr = feed.Emr, ExternalId = facts.Id };
            patient.Take(facts, feed.Options.Region);
            result.Add((new Visit(visit), patient));
        }

        return result;
    }

    private Appointment New(AppointmentChanged said, InboxMessage message)
    {
        var visit = new Appointment { Emr = feed.Emr, ExternalId = said.Appointment.Id, Feed = feed.Name, PatientId = 0, BookedAt = message.ReceivedAt, SystemStatusAt = message.ReceivedAt };
        visit.Take(Record(said.Change, said.Appointment));
        visit.SystemStatus = visit.StatusAfter(said.Change, said.Appointment.Status, message.ReceivedAt);
        return visit;
    }

    private void Lay(Appointment visit, AppointmentChanged was, AppointmentChanged now, InboxMessage message)
    {
        visit.Take(Record(now.Change, Differences.Between(was.Appointment, now.Appointment)));
        if (was.Change != now.Change || was.Appointment.Status != now.Appointment.Status)
            visit.SystemStatus = visit.StatusAfter(now.Change, now.Appointment.Status, message.ReceivedAt);
    }

    private RecordAppointment Record(AppointmentChange change, AppointmentFacts facts) =>
        new(feed.Emr, feed.Name, 0, null, change, facts, MessageVersion.None, null);

    private static AppointmentChanged? One(List<AppointmentChanged> said, string id, string? patient = null) =>
        said.Find(one => one.Appointment.Id == id || one.Appointment.OtherId == id) ?? said.Find(one => patient is not null && one.Patient.Id == patient) ?? (said is [var only] && patient is not null ? only : null);

    private List<AppointmentChanged> Visits(Mapper mapper, InboxMessage message)
    {
        var context = new MappingContext(feed.Zone, message.ReceivedAt);
        var meaning = mapper.File.Form == MessageForm.Fhir
            ? FhirMessage.TryRead(message.Raw, out _) is { } resource ? mapper.Map(resource, context) : null
            : Hl7Message.TryRead(message.Raw, out _, feed.Charset) is { } text ? mapper.Map(text, new(feed.Zone)) : null;
        return meaning is { Outcome: MappingOutcome.Understood } ? [.. meaning.Events.OfType<AppointmentChanged>()] : [];
    }
}
