using Quartz;

namespace Artera.Integration.Outreach;

/// <summary>Looks for messages about appointments that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class AppointmentMessagesJob(DueMessages due) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await due.Send(TriggerModule.Appointment, cancellationToken);
}
