using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery;

/// <summary>Keeps what a patient sent, once; it is understood later.</summary>
/// <param name="ProviderId">The provider's id; the same id again is the same text.</param>
/// <param name="From">The patient's number, E.164.</param>
/// <param name="To">The line's number, E.164.</param>
/// <param name="Body">The words.</param>
/// <param name="MediaCount">Attachments.</param>
/// <param name="CarrierKeyword">What the carrier took it for: <c>STOP</c>, <c>START</c>, <c>HELP</c>.</param>
/// <returns>False when it was here before.</returns>
internal sealed record KeepInboundText(string ProviderId, string From, string To, string Body, int MediaCount = 0, string? CarrierKeyword = null)
    : IRequest<bool>;

internal sealed class KeepInboundTextHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<KeepInboundText, bool>
{
    public async ValueTask<bool> Handle(KeepInboundText request, CancellationToken cancellationToken)
    {
        if (await db.Set<InboundText>().AnyAsync(text => text.ProviderId == request.ProviderId, cancellationToken))
            return false;

        var now = time.Now();
        db.Add(new InboundText
        {
            ProviderId = request.ProviderId,
            From = request.From,
            To = request.To,
            Body = request.Body,
            MediaCount = request.MediaCount,
            CarrierKeyword = request.CarrierKeyword,
            ReceivedAt = now,
            DueAt = now,
        });
        return true;
    }
}
