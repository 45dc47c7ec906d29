using Artera.Integration.Data;

namespace Artera.Integration.Operations.Audit;

/// <summary>Writes the audit log: reads at once, changes together with what they change.</summary>
public sealed class AuditLog(IntegrationDb db, TimeProvider time, WriteGate gate)
{
    /// <summary>Notes a change; it commits with the transaction that it belongs to.</summary>
    public void Note(string who, string what, long? patientId, string? subject) =>
        db.Add(Entry(who, what, patientId, subject));

    /// <summary>Writes that these patients were seen; on the disk when it returns.</summary>
    public async Task Seen(string who, IReadOnlyCollection<long?> patients, string subject, CancellationToken cancellation)
    {
        if (patients.Count == 0)
            return;

        db.AddRange(patients.Select(patient => Entry(who, "read", patient, subject)));
        using var turn = await gate.Enter(cancellation);
        turn.WroteNothingOfOthers();
        await db.SaveChangesAsync(cancellation);
    }

    private AuditEntry Entry(string who, string what, long? patientId, string? subject) =>
        new() { At = time.Now(), Who = who, What = what, PatientId = patientId, Subject = subject };
}
