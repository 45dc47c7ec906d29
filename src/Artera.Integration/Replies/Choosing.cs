using System.Globalization;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;

namespace Artera.Integration.Replies;

/// <summary>"Who is this about?", asked of a phone that several patients share: by number and first name, and nothing else.</summary>
internal sealed class Choosing(
    IntegrationDb db,
    ISender sender,
    AutomaticReply reply,
    ReplyReader reader,
    ReplyTexts texts,
    TimeProvider time)
{
    /// <summary>Asks, and keeps the text until the choice comes.</summary>
    /// <returns>False when it cannot be asked: names are missing or alike, or enough has been asked.</returns>
    public async Task<bool> Ask(TextSender from, InboundText text, IReadOnlyList<long> patients, CancellationToken cancellation)
    {
        var people = patients.Select(id => from.People.First(person => person.Id == id)).ToList();
        var names = people.Select(person => person.FirstName).OfType<string>().ToList();
        var alike = names.DistinctBy(name => ReplyText.Of(name).Joined, StringComparer.Ordinal).Count() < names.Count;
        if (names.Count < people.Count || alike || !await reply.May(from.Line, from.Number, cancellation))
            return false;

        await sender.Send(new RecordInbound(text, from.Line.Id, PatientId: null, Attention.Open), cancellation);
        var question = texts.WhoIsThis(people.Select(person => person.Language), names);
        await reply.Say(from.Line, from.Number, question, "who-is-this", patientId: null, cancellation);

        var who = from.Who ?? new WhoIsThis { LineId = from.Line.Id, Number = from.Number, PatientIds = [], AskedAt = time.Now() };
        if (from.Who is null)
            db.Add(who);
        who.PatientIds = [.. patients];
        who.AskedAt = time.Now();
        who.InboundTextId = text.Id;
        who.ChosenPatientId = null;
        who.ChosenAt = null;
        return true;
    }

    /// <summary>Whom a text chooses from the list that waits: one patient, all of them, or nobody.</summary>
    public IReadOnlyList<long> Chosen(TextSender from, string text)
    {
        if (from.Waiting is not { } waiting || ReplyText.Of(text).Asks)
            return [];

        var choice = reader.WithoutCourtesy(text, from.Language);
        if (int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 && number <= waiting.PatientIds.Count ? [waiting.PatientIds[number - 1]] : [];
        if (Named(name => name.Joined == choice) is [_] whole)
            return whole;
        if (Named(name => name.Words[0] == choice) is [_] first)
            return first;
        return texts.MeansEveryone(choice) ? waiting.PatientIds : [];

        List<long> Named(Func<ReplyText, bool> matches) => waiting.PatientIds.FindAll(id =>
            from.People.Any(person => person.Id == id && person.FirstName is { } name && ReplyText.Of(name) is { Words.Count: > 0 } words && matches(words)));
    }

    /// <summary>Remembers the choice for the conversation.</summary>
    /// <returns>The text that waited for it.</returns>
    public async Task<InboundText> Remember(WhoIsThis who, IReadOnlyList<long> chosen, CancellationToken cancellation)
    {
        var waited = await db.FindAsync<InboundText>([who.InboundTextId!.Value], cancellation);
        who.InboundTextId = null;
        who.ChosenPatientId = chosen is [var one] ? one : null;
        who.ChosenAt = time.Now();
        return waited!;
    }
}
