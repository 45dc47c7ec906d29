using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

internal sealed class NoteDeath(IntegrationDb db, ChannelBook book) : INotificationHandler<PatientDied>
{
    public async ValueTask Handle(PatientDied notification, CancellationToken cancellationToken)
    {
        var channels = await db.Set<PatientChannel>()
            .Where(channel => channel.PatientId == notification.PatientId)
            .ToListAsync(cancellationToken);
        foreach (var channel in channels)
            book.Note(channel, ChannelEvent.Deceased, "The patient has died: nothing more is sent");
    }
}
