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
        var sharing = db.Set<ContactPoint>().Where(point => point.Address == notification.Number).Select(point => (long?)point.PatientId);
        var channels = await db.Set<PatientChannel>()
            .Where(channel => channel.LineId == notification.LineId
                && (channel.Address == notification.Number || sharing.Contains(channel.PatientId)))
            .ToListAsync(cancellationToken);
        foreach (var channel in channels)
        {
            if (notification.OptedOut)
                book.Note(channel, ChannelEvent.OptedOut, "The number opted out of this line");
            else
                book.Note(channel, ChannelEvent.OptedIn, "The number opted in to this line again");
        }
    }
}
