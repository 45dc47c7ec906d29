using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>
/// Understands what a patient sent: opt-out, opt-in, the choice of a shared phone, the answer to an open question,
/// a message that a rule takes, or one for staff, in this order.
/// </summary>
/// <returns>What it was taken for.</returns>
internal sealed record ReadReply(long InboundTextId) : IRequest<string>;

internal sealed partial class ReadReplyHandler(
    IntegrationDb db,
    ISender sender,
    Snapshot<EnterpriseDirectory> enterprise,
    TextSenders senders,
    ReplyReader reader,
    Choosing choosing,
    Answering answering,
    ByRule byRule,
    PlainMessages plain,
    IOptions<RepliesOptions> options,
    ILogger<ReadReplyHandler> logger) : IRequestHandler<ReadReply, string>
{
    public async ValueTask<string> Handle(ReadReply request, CancellationToken cancellationToken)
    {
        var isOurs = await db.Set<InboundText>()
            .Where(row => row.Id == request.InboundTextId && !row.Understood)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Understood, true)
                    .SetProperty(row => row.Claim, (Guid?)null)
                    .SetProperty(row => row.ClaimedUntil, (Instant?)null),
                cancellationToken) == 1;
        var text = await db.Set<InboundText>().SingleAsync(row => row.Id == request.InboundTextId, cancellationToken);
        if (!isOurs)
            return text.Meaning!;

        var directory = await enterprise.Get(cancellationToken);
        return text.Meaning = directory.LineWithNumber(text.To) is { } line
            ? await Understand(text, await senders.Find(line, text.From, cancellationToken), cancellationToken)
            : Meanings.UnknownLine;
    }

    private async Task<string> Understand(InboundText text, TextSender from, CancellationToken cancellation)
    {
        var reply = Read(text, from);
        LogRead(logger, text.Id, reply.Meaning, reply.Why);
        if (reply.Meaning is Meaning.OptOut or Meaning.OptIn)
            return await ChangeConsent(text, from, reply.Meaning == Meaning.OptOut, cancellation);

        if (choosing.Chosen(from, text.Body) is { Count: > 0 } chosen)
            return await Choose(text, from, chosen, cancellation);

        if (Answering.StatusOf(reply.Meaning) is { } answer && from.About(answer) is { Count: > 0 } about)
        {
            if (about is [var patient])
            {
                var channel = await sender.Send(new RecordInbound(text, from.Line.Id, patient, Attention.None), cancellation);
                await answering.Answer(from, channel, patient, answer, cancellation);
                return Meanings.Of(reply.Meaning);
            }

            if (await choosing.Ask(from, text, about, cancellation))
                return Meanings.WhoIsThis;
        }

        if (await byRule.Take(from, text, cancellation))
            return Meanings.Rule;
        await plain.Keep(from, text, cancellation);
        return Meanings.Plain;
    }

    /// <summary>What the carrier has acted upon is so, whatever we make of the words.</summary>
    private Reply Read(InboundText text, TextSender from)
    {
        var reply = text.CarrierKeyword switch
        {
            "STOP" => new Reply(Meaning.OptOut),
            "START" => new Reply(Meaning.OptIn),
            _ => reader.Read(text.Body, from.Language, from.OptedOut),
        };
        if (reply.Meaning == Meaning.Reschedule && !options.Value.AcceptReschedule)
            return Reply.Plain("reschedule-off");
        return text.MediaCount > 0 && Answering.StatusOf(reply.Meaning) is not null ? Reply.Plain("attachment") : reply;
    }

    private async Task<string> ChangeConsent(InboundText text, TextSender from, bool optedOut, CancellationToken cancellation)
    {
        await sender.Send(
            new RecordInbound(text, from.Line.Id, await plain.LikelySender(from, cancellation), Attention.None),
            cancellation);
        if (!optedOut)
        {
            await sender.Send(new OptInNumber(from.Line.Id, from.Number), cancellation);
            return Meanings.Of(Meaning.OptIn);
        }

        await sender.Send(new OptOutNumber(from.Line.Id, from.Number, "reply"), cancellation);
        if (from.Who is { } who)
            who.InboundTextId = null;
        return Meanings.Of(Meaning.OptOut);
    }

    private async Task<string> Choose(InboundText text, TextSender from, IReadOnlyList<long> chosen, CancellationToken cancellation)
    {
        var waited = await choosing.Remember(from.Who!, chosen, cancellation);
        var reply = Read(waited, from);
        await sender.Send(new AssignInbound(waited.Id, chosen[0]), cancellation);
        var channel = await sender.Send(new RecordInbound(text, from.Line.Id, chosen[0], Attention.None), cancellation);
        if (Answering.StatusOf(reply.Meaning) is not { } answer)
            return Meanings.Choice;

        waited.Meaning = Meanings.Of(reply.Meaning);
        await answering.Answer(from, channel, chosen[0], answer, cancellation);
        foreach (var other in chosen.Skip(1))
        {
            channel = await sender.Send(new RecordInbound(waited, from.Line.Id, other, Attention.None), cancellation);
            await answering.Answer(from, channel, other, answer, cancellation);
        }

        return Meanings.Choice;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Text {InboundTextId} was read as {Meaning} {Why}")]
    private static partial void LogRead(ILogger logger, long inboundTextId, Meaning meaning, string? why);
}
