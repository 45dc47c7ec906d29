using Artera.Integration.Data;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Appointments;

public static class AppointmentsByIdentifier
{
    private static readonly CompiledQuery<Func<IntegrationDb, string, string, CancellationToken, Task<Appointment?>>> Find = new(() =>
        EF.CompileAsyncQuery((IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
            db.Set<Appointment>().FirstOrDefault(row => row.Emr == emr && row.ExternalId == externalId)));

    public static async ValueTask<Appointment?> FindAppointment(this IntegrationDb db, string emr, string externalId, CancellationToken cancellation) =>
        db.AtHand<(string, string), Appointment>().Find((emr, externalId)) is { } known
            ? known.FirstOrDefault()
            : await Find.For(db)(db, emr, externalId, cancellation);

    public static async ValueTask AddAppointment(this IntegrationDb db, Appointment appointment, CancellationToken cancellation)
    {
        db.Add(appointment);
        var ofPatient = db.AtHand<long, Appointment>();
        if (db.IsNew(await db.FindPatient(appointment.PatientId, cancellation)))
            ofPatient.Expect([appointment.PatientId]);
        ofPatient.Put(appointment.PatientId, appointment);
        var known = db.AtHand<(string, string), Appointment>().Put((appointment.Emr, appointment.ExternalId), appointment);
        if (!known)
            await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The patient's visits that are still to come.</summary>
    public static async ValueTask<List<Appointment>> FindAhead(this IntegrationDb db, long patientId, Instant now, CancellationToken cancellation) =>
        db.AtHand<long, Appointment>().Find(patientId) is { } known
            ? known.FindAll(visit => visit.PatientId == patientId && visit.StartsAt > now)
            : await AskForAhead(db, patientId, now, cancellation);

    /// <summary>The patient or the time is another one.</summary>
    public static void KeepAtHand(this IntegrationDb db, Appointment appointment)
    {
        if (db.AtHand<long, Appointment>().Find(appointment.PatientId) is { } known && !known.Contains(appointment))
            known.Add(appointment);
    }

    /// <summary>The patient's visits that were booked instead of the one with this identifier.</summary>
    internal static async ValueTask<List<Appointment>> FindReplacing(this IntegrationDb db, Appointment visit, CancellationToken cancellation) =>
        db.AtHand<long, Appointment>().Find(visit.PatientId) is { } known
            ? known.FindAll(other => other.PatientId == visit.PatientId && other.Emr == visit.Emr && other.Replaces == visit.ExternalId)
            : await db.Set<Appointment>().Where(other => other.PatientId == visit.PatientId && other.Emr == visit.Emr && other.Replaces == visit.ExternalId)
                .ToListAsync(cancellation);

    /// <summary>Has the appointments of many identifiers at hand, and all that their patients have ahead or that replace another.</summary>
    public static async Task<List<Appointment>> ReadAppointmentsAhead(
        this IntegrationDb db, string emr, IReadOnlyCollection<string> externalIds, IReadOnlyCollection<long> patientIds, Instant now, CancellationToken cancellation)
    {
        var named = await db.Set<Appointment>().Where(visit => visit.Emr == emr && externalIds.Contains(visit.ExternalId)).ToListAsync(cancellation);
        var ahead = await db.Set<Appointment>().Where(visit => patientIds.Contains(visit.PatientId) && (visit.StartsAt > now || visit.Replaces != null)).ToListAsync(cancellation);
        var byIdentifier = db.AtHand<(string, string), Appointment>();
        byIdentifier.Expect(externalIds.Select(id => (emr, id)));
        named.ForEach(visit => byIdentifier.Put((emr, visit.ExternalId), visit));
        var byPatient = db.AtHand<long, Appointment>();
        byPatient.Expect(patientIds);
        ahead.ForEach(visit => byPatient.Put(visit.PatientId, visit));
        return [.. named.Union(ahead)];
    }

    private static async Task<List<Appointment>> AskForAhead(IntegrationDb db, long patientId, Instant now, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        return await db.Set<Appointment>().Where(visit => visit.PatientId == patientId && visit.StartsAt > now).ToListAsync(cancellation);
    }
}
