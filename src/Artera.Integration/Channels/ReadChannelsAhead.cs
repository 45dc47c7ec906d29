using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>The channels of many patients, read at once.</summary>
internal sealed class ReadChannelsAhead(IntegrationDb db) : INotificationHandler<AppointmentsAtHand>
{
    public async ValueTask Handle(AppointmentsAtHand notification, CancellationToken cancellationToken)
    {
        var patients = notification.PatientIds.Select(id => (long?)id).ToList();
        var atHand = db.AtHand<long, PatientChannel>();
        atHand.Expect(notification.PatientIds);
        if (patients.Count == 0)
            return;
        foreach (var channel in await db.Set<PatientChannel>().Where(row => patients.Contains(row.PatientId)).ToListAsync(cancellationToken))
            atHand.Put(channel.PatientId!.Value, channel);
    }
}
