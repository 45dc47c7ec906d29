using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>Says something by ourselves, unless the number wants nothing or is a machine that answers machines.</summary>
internal sealed class AutomaticReply(IntegrationDb db, ISender sender, TimeProvider time)
{
    private const int MostInARow = 3;
    private const string Mark = "auto:";
    private static readonly Duration Row = Duration.FromMinutes(10);

    public async Task<bool> May(Line line, string number, CancellationToken cancellation)
    {
        if (await db.IsOptedOut(line.Id, number, cancellation))
            return false;

        var since = time.Now() - Row;
        var lately = await db.Set<OutboundMessage>().CountAsync(
            message => message.LineId == line.Id && message.To == number && message.CreatedAt > since && message.Reference!.StartsWith(Mark),
            cancellation);
        return lately < MostInARow;
    }

    /// <summary>What its messages are known by.</summary>
    public static string ReferenceOf(string kind) => Mark + kind;

    /// <returns>The message that was queued.</returns>
    public async Task<OutboundMessage> Say(Line line, string number, string body, string kind, long? patientId, CancellationToken cancellation) =>
        await sender.Send(
            new QueueMessage(Medium.Sms, line.Id, line.Number, number, body, Priority.Reply, patientId, ReferenceOf(kind)),
            cancellation);
}
