using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>Whether the EMR knows what the patient answered last.</summary>
/// <param name="Since">When that became so; while it waits, when the patient answered.</param>
/// <param name="Cause">Why it waits or is refused: a code for staff.</param>
public sealed record EmrStanding(long WriteBackId, PatientStatus Status, InEmr State, Instant Since, string? Cause, int Attempts);

public enum InEmr
{
    Yes,

    Pending,

    /// <summary>Parked: a person must look.</summary>
    Refused,

    /// <summary>The EMR does not take this answer electronically: to be entered by hand.</summary>
    ByHand,

    /// <summary>A person decided that the EMR need not hear it.</summary>
    Dropped,
}

public static class EmrStandings
{
    /// <summary>Where the latest answer of each appointment stands; appointments without an answer that matters to the EMR are left out.</summary>
    public static async Task<Dictionary<long, EmrStanding>> InTheEmr(
        this IntegrationDb db,
        IReadOnlyCollection<long> appointmentIds,
        CancellationToken cancellation)
    {
        var answers = db.Set<PendingWriteBack>();
        var latest = await answers.AsNoTracking()
            .Where(row => appointmentIds.Contains(row.AppointmentId)
                && !answers.Any(newer => newer.AppointmentId == row.AppointmentId && newer.Id > row.Id)
                && row.State != WriteBackState.Superseded)
            .Select(row => new { row.Id, row.AppointmentId, row.Status, row.State, row.CreatedAt, row.SettledAt, row.Cause, row.Attempts })
            .ToListAsync(cancellation);

        return latest.ToDictionary(
            row => row.AppointmentId,
            row => new EmrStanding(row.Id, row.Status, Of(row.State), row.SettledAt ?? row.CreatedAt, row.Cause, row.Attempts));
    }

    internal static InEmr Of(WriteBackState state) => state switch
    {
        WriteBackState.Done => InEmr.Yes,
        WriteBackState.Parked => InEmr.Refused,
        WriteBackState.NotSupported => InEmr.ByHand,
        WriteBackState.Dropped => InEmr.Dropped,
        _ => InEmr.Pending,
    };
}
