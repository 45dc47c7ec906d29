using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Replies;

/// <summary>Messages for staff: into the channel of whoever it must be, else into the number's unverified channel.</summary>
internal sealed class PlainMessages(
    IntegrationDb db,
    ISender sender,
    ChannelBook book,
    AutomaticReply reply,
    ReplyTexts texts,
    Snapshot<EnterpriseDirectory> enterprise)
{
    public async Task Keep(TextSender from, InboundText text, CancellationToken cancellation)
    {
        var patient = await Speaker(from, cancellation);
        var channel = await sender.Send(new RecordInbound(text, from.Line.Id, patient, Attention.NeedsAction), cancellation);
        if (patient is null && from.People.Count > 1)
            book.Note(channel, ChannelEvent.SharedNumber, $"{from.People.Count} patients share this number");

        if (from.Line.OneWay && await reply.May(from.Line, from.Number, cancellation))
        {
            var directory = await enterprise.Get(cancellation);
            var body = texts.OneWay(from.Language, directory.Practice(from.Line.PracticeId).Name);
            await reply.Say(from.Line, from.Number, body, "one-way", patient, cancellation);
        }
    }

    /// <summary>Whom a text that is no answer is about; null when that cannot be known.</summary>
    public async Task<long?> Speaker(TextSender from, CancellationToken cancellation) => from.Whose ?? await OnlyOpen(from, cancellation);

    /// <summary>For what concerns everybody at the number: the patient who was last talked to.</summary>
    public async Task<long?> LikelySender(TextSender from, CancellationToken cancellation) =>
        from.Whose ?? await Channels(from).OrderByDescending(channel => channel.LastLineAt).Select(channel => channel.PatientId).FirstOrDefaultAsync(cancellation);

    /// <summary>The patient with the one conversation that is going on.</summary>
    private async Task<long?> OnlyOpen(TextSender from, CancellationToken cancellation) =>
        await Channels(from).Where(channel => channel.IsOpen).Take(2).ToListAsync(cancellation) is [var only] ? only.PatientId : null;

    private IQueryable<PatientChannel> Channels(TextSender from)
    {
        var people = from.People.Select(person => (long?)person.Id).ToArray();
        return db.Set<PatientChannel>().Where(channel => channel.LineId == from.Line.Id && people.Contains(channel.PatientId));
    }
}
