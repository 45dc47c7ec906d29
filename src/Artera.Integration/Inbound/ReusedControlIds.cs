using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>
/// Says of a message that an earlier one of its feed had the same control id and another body. It is applied all the
/// same; noted when it is, for the sender does not wait for that.
/// </summary>
internal static class ReusedControlIds
{
    public static async Task Note(IntegrationDb db, List<InboxMessage> rows, CancellationToken cancellation)
    {
        var ids = rows.Where(row => row.ControlId.Length > 0 && row.Note is null).Select(row => row.Id).ToList();
        if (ids.Count == 0)
            return;
        var messages = db.Set<InboxMessage>();
        var reused = await messages
            .Where(row => ids.Contains(row.Id) && messages.Any(earlier => earlier.Feed == row.Feed && earlier.ControlId == row.ControlId && earlier.ControlId != ""
                && earlier.Id < row.Id && earlier.State != InboxState.Rejected))
            .Select(row => row.Id).ToListAsync(cancellation);
        foreach (var row in rows.Where(row => reused.Contains(row.Id)))
            row.Note = "control-id-reused";
    }
}
