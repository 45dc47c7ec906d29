using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>After a merge the survivor has the conversations of both, each line's two histories in one.</summary>
internal sealed class JoinChannels(IntegrationDb db, ChannelBook book) : INotificationHandler<PatientsJoined>
{
    public async ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        var channels = await db.Set<PatientChannel>()
            .Where(channel => channel.PatientId == notification.SurvivorId || channel.PatientId == notification.LosingId)
            .ToListAsync(cancellationToken);
        await db.Set<LinkedNumber>().Where(linked => linked.PatientId == notification.LosingId)
            .ExecuteUpdateAsync(set => set.SetProperty(linked => linked.PatientId, notification.SurvivorId), cancellationToken);
        foreach (var losing in channels.Where(channel => channel.PatientId == notification.LosingId))
        {
            var survivor = channels.Find(channel => channel.PatientId == notification.SurvivorId && channel.LineId == losing.LineId);
            if (survivor is not null)
                await book.Join(losing, survivor, cancellationToken);
            else
                losing.PatientId = notification.SurvivorId;
            book.Note(survivor ?? losing, ChannelEvent.Merged, "Two records of the patient were merged");
        }
    }
}
