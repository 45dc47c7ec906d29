using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>A text whose sender was not known when it came turns out to be about a patient: its line moves there.</summary>
internal sealed record AssignInbound(long InboundTextId, long PatientId) : IRequest;

internal sealed class AssignInboundHandler(IntegrationDb db, ChannelBook book) : IRequestHandler<AssignInbound>
{
    public async ValueTask<Unit> Handle(AssignInbound request, CancellationToken cancellationToken)
    {
        var line = await db.Set<ChannelLine>().SingleOrDefaultAsync(row => row.InboundTextId == request.InboundTextId, cancellationToken);
        if (line is null)
            return Unit.Value;

        var from = await db.Set<PatientChannel>().SingleAsync(channel => channel.Id == line.ChannelId, cancellationToken);
        if (from.PatientId == request.PatientId)
            return Unit.Value;

        var into = await book.Channel(from.LineId, request.PatientId, from.Address, cancellationToken);
        line.ChannelId = into.Id;
        if (into.LastLineAt < line.At)
            into.LastLineAt = line.At;
        if (!from.NeedsAction)
            from.Close();
        return Unit.Value;
    }
}
