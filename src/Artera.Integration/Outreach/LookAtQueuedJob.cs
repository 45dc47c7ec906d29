using Mediator;
using Quartz;

namespace Artera.Integration.Outreach;

/// <summary>Every minute, on one node: reminders that wait in the queue.</summary>
[DisallowConcurrentExecution]
internal sealed class LookAtQueuedJob(ISender sender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sender.Send(new LookAtQueued(), cancellationToken);
}
