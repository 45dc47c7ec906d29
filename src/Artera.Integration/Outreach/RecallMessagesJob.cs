using Quartz;

namespace Artera.Integration.Outreach;

/// <summary>Looks for messages about recalls that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class RecallMessagesJob(DueMessages due) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await due.Send(TriggerModule.Recall, cancellationToken);
}
