using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>A person opens a channel by hand.</summary>
/// <returns>False when there is no such channel.</returns>
internal sealed record OpenChannel(long ChannelId, string By) : IRequest<bool>;

internal sealed class OpenChannelHandler(IntegrationDb db, ChannelBook book, TimeProvider time) : IRequestHandler<OpenChannel, bool>
{
    public async ValueTask<bool> Handle(OpenChannel request, CancellationToken cancellationToken)
    {
        if (await db.Set<PatientChannel>().SingleOrDefaultAsync(row => row.Id == request.ChannelId, cancellationToken) is not { } channel)
            return false;
        if (channel.IsOpen)
            return true;

        channel.Open(time.Now());
        book.Note(channel, ChannelEvent.Opened, "Opened", by: request.By);
        return true;
    }
}
