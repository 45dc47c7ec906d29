using Quartz;

namespace Artera.Integration.Outreach;

/// <summary>Looks for messages about referrals that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class ReferralMessagesJob(DueMessages due) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await due.Send(TriggerModule.Referral, cancellationToken);
}
