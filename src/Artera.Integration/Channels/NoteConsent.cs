using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>An opt-out covers everybody who shares the number, so each of their channels on the line says so.</summary>
internal sealed class NoteConsent(IntegrationDb db, ChannelBook book) : INotificationHandler<ConsentChanged>
{
    public async ValueTask Handle(ConsentChanged notification, CancellationToken cancellationToken)
    {
        var (line, number, _) = notification;
        var sharing = db.Set<ContactPoint>().Where(point => point.Address == number).Select(point => (long?)point.PatientId);
        var onLine = db.Set<PatientChannel>().Where(channel => channel.LineId == line);
        var theirs = await onLine.Where(channel => sharing.Contains(channel.PatientId)).ToListAsync(cancellationToken);
        var used = await onLine.Where(channel => channel.Address == number).ToListAsync(cancellationToken);
        foreach (var channel in theirs.Union(used))
        {
            if (notification.OptedOut)
                book.Note(channel, ChannelEvent.OptedOut, "The number opted out of this line");
            else
                book.Note(channel, ChannelEvent.OptedIn, "The number opted in to this line again");
        }
    }
}
