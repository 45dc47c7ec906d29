using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.WriteBack;

internal static class DueWriteBacks
{
    /// <summary>The answers that may be sent now. An answer waits for the earlier ones about its own visit, and for no others.</summary>
    public static IQueryable<PendingWriteBack> DueFor(this IQueryable<PendingWriteBack> answers, IntegrationDb db, Instant now) =>
        answers.Where(row => row.State == WriteBackState.Pending && row.DueAt <= now
            && !db.Set<PendingWriteBack>().Any(earlier =>
                earlier.AppointmentId == row.AppointmentId && earlier.State == WriteBackState.Pending && earlier.Id < row.Id));
}
