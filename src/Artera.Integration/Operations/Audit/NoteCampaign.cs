using Artera.Integration.Outreach.Campaigns;
using Mediator;

namespace Artera.Integration.Operations.Audit;

/// <summary>Who wrote, started, paused, resumed or stopped which campaign.</summary>
public sealed class NoteCampaign(AuditLog audit) : INotificationHandler<CampaignDecided>
{
    public ValueTask Handle(CampaignDecided notification, CancellationToken cancellationToken)
    {
        audit.Note(notification.Who, notification.What, patientId: null, $"campaign:{notification.CampaignId}");
        return ValueTask.CompletedTask;
    }
}
