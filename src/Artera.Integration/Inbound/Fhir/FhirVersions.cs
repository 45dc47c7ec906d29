using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Fhir;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Each version of a resource is kept once, whoever brought it: a notification, a poll, or a look before a reminder.</summary>
internal static class FhirVersions
{
    /// <returns>False when it is known already.</returns>
    public static async Task<bool> KeepVersion(this IntegrationDb db, InboxMessage version, bool quiet, CancellationToken cancellation)
    {
        if (await db.IsKnown(version, cancellation))
            return false;
        version.Quiet = quiet;
        db.Add(version);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Those of a page that are kept already, by what they say of their version: nothing need be looked up for them.</summary>
    public static async Task<HashSet<string>> KnownOf(this IntegrationDb db, Feed feed, IEnumerable<FhirMessage> page, CancellationToken cancellation)
    {
        var versions = page.Select(resource => FhirIntake.Column(resource.Version)).Where(version => version.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var known = await db.Set<InboxMessage>()
            .Where(row => row.Feed == feed.Name && row.ControlId != "" && versions.Contains(row.ControlId))
            .Select(row => row.ControlId).ToListAsync(cancellation);
        return known.ToHashSet(StringComparer.Ordinal);
    }

    private static Task<long?> Last(IQueryable<InboxMessage> rows, CancellationToken cancellation) =>
        rows.OrderByDescending(row => row.Id).Select(row => (long?)row.BodyHash).FirstOrDefaultAsync(cancellation);

    /// <summary>A version is known by its name; what a server does not version, by being the same as what is known last.</summary>
    private static async Task<bool> IsKnown(this IntegrationDb db, InboxMessage version, CancellationToken cancellation)
    {
        var rows = db.Set<InboxMessage>().Where(row => row.Feed == version.Feed);
        if (version.ControlId.Length > 0)
            return await rows.AnyAsync(row => row.ControlId != "" && row.ControlId == version.ControlId && row.BodyHash == version.BodyHash, cancellation);
        var type = version.Event.Split('/')[0] + "/";
        var same = rows.Where(row => row.PatientKey == version.PatientKey && row.Event.StartsWith(type));
        same = version.AppointmentKey is { } visit ? same.Where(row => row.AppointmentKey == visit) : same.Where(row => row.AppointmentKey == null);
        // Each by an index of its own: what is new, else what is no longer.
        var last = await Last(same.Where(row => row.State == InboxState.Received), cancellation) ?? await Last(same.Where(row => row.State != InboxState.Received), cancellation);
        return last == version.BodyHash;
    }
}
