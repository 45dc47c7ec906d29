using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web;

/// <summary>A person or a machine client closes a conversation; the audit log says who.</summary>
/// <returns>False when there is no such conversation.</returns>
internal sealed record CloseConversation(long ChannelId, string Who) : IRequest<bool>;

internal sealed class CloseConversationHandler(IntegrationDb db, ISender sender, AuditLog audit) : IRequestHandler<CloseConversation, bool>
{
    public async ValueTask<bool> Handle(CloseConversation request, CancellationToken cancellationToken)
    {
        if (!await sender.Send(new CloseChannel(request.ChannelId, request.Who), cancellationToken))
            return false;
        var patient = await db.Set<PatientChannel>().Where(row => row.Id == request.ChannelId).Select(row => row.PatientId).SingleAsync(cancellationToken);
        audit.Note(request.Who, "closed", patient, $"channel:{request.ChannelId}");
        return true;
    }
}
