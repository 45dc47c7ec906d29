using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery.Sandbox;

/// <summary>A message arrives on the sandbox phone, which reports it delivered as a provider would.</summary>
/// <returns>The phone's id of it.</returns>
internal sealed record ArriveAtSandbox(OutboundMessage Message) : IRequest<string>;

internal sealed class ArriveAtSandboxHandler(IntegrationDb db, TimeProvider time, ISender sender) : IRequestHandler<ArriveAtSandbox, string>
{
    public async ValueTask<string> Handle(ArriveAtSandbox request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        if (!await db.Set<SandboxText>().AnyAsync(text => text.OutboundMessageId == message.Id, cancellationToken))
        {
            db.Add(new SandboxText
            {
                OutboundMessageId = message.Id,
                LineNumber = message.From,
                To = message.To,
                Body = message.Body,
                Medium = message.Medium,
                At = time.Now(),
            });
        }

        var id = SandboxPhone.IdOf(message);
        await sender.Send(new ReportDelivery(id, message.Id, message.To, DeliveryState.Delivered), cancellationToken);
        return id;
    }
}
