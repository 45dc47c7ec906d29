using System.Globalization;
using Artera.Integration.Delivery;
using Mediator;

namespace Artera.Integration.Channels;

/// <summary>What a patient, or an unknown number, said becomes a line of the conversation.</summary>
/// <param name="PatientId">Null: nobody knows who it was; an unverified channel takes it.</param>
internal sealed record RecordInbound(InboundText Text, long LineId, long? PatientId, Attention Attention) : IRequest<PatientChannel>;

/// <summary>What a line of the patient's does to the channel.</summary>
internal enum Attention
{
    /// <summary>Understood: the channel stays as it is.</summary>
    None,

    /// <summary>Opens the channel.</summary>
    Open,

    /// <summary>Opens the channel, and a person has to act.</summary>
    NeedsAction,
}

internal sealed class RecordInboundHandler(ChannelBook book) : IRequestHandler<RecordInbound, PatientChannel>
{
    public async ValueTask<PatientChannel> Handle(RecordInbound request, CancellationToken cancellationToken)
    {
        var channel = await book.Channel(request.LineId, request.PatientId, request.Text.From, cancellationToken);
        book.Write(channel, new ChannelLine
        {
            Kind = LineKind.Inbound,
            At = request.Text.ReceivedAt,
            Body = Words(request.Text),
            Medium = Medium.Sms,
            InboundTextId = request.Text.Id,
        });
        if (request.Attention == Attention.Open)
            await book.Open(channel, cancellationToken);
        if (request.Attention == Attention.NeedsAction)
            await book.Alert(channel, cancellationToken);
        book.Heard = channel;
        return channel;
    }

    /// <summary>Pictures are not fetched, but staff must know that there were some.</summary>
    private static string Words(InboundText text) => text.MediaCount switch
    {
        0 => text.Body,
        1 => $"{text.Body} [1 attachment]".TrimStart(),
        var count => string.Create(CultureInfo.InvariantCulture, $"{text.Body} [{count} attachments]").TrimStart(),
    };
}
