using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Replies;

/// <summary>A text that could not be understood for days is laid before staff as it is, so that the next ones get their turn.</summary>
internal sealed record GiveUpReading(long InboundTextId) : IRequest;

internal sealed class GiveUpReadingHandler(IntegrationDb db, ISender sender, Snapshot<EnterpriseDirectory> enterprise) : IRequestHandler<GiveUpReading>
{
    public async ValueTask<Unit> Handle(GiveUpReading request, CancellationToken cancellationToken)
    {
        var text = await db.Set<InboundText>().SingleAsync(row => row.Id == request.InboundTextId, cancellationToken);
        var directory = await enterprise.Get(cancellationToken);
        if (directory.LineWithNumber(text.To) is { } line)
            await sender.Send(new RecordInbound(text, line.Id, PatientId: null, Attention.NeedsAction), cancellationToken);
        text.Meaning = Meanings.Unread;
        text.Understood = true;
        text.Release();
        return Unit.Value;
    }
}
