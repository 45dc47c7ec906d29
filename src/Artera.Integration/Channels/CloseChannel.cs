using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Channels;

/// <summary>A person is done with a channel; nothing in it needs action any more.</summary>
/// <returns>False when there is no such channel.</returns>
internal sealed record CloseChannel(long ChannelId, string By) : IRequest<bool>;

internal sealed class CloseChannelHandler(IntegrationDb db, ChannelBook book) : IRequestHandler<CloseChannel, bool>
{
    public async ValueTask<bool> Handle(CloseChannel request, CancellationToken cancellationToken)
    {
        if (await db.Set<PatientChannel>().SingleOrDefaultAsync(row => row.Id == request.ChannelId, cancellationToken) is not { } channel)
            return false;
        if (!channel.IsOpen)
            return true;

        channel.Close();
        book.Note(channel, ChannelEvent.Closed, "Closed", by: request.By);
        return true;
    }
}
