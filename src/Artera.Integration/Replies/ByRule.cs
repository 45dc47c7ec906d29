using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach.Hearing;
using Mediator;

namespace Artera.Integration.Replies;

/// <summary>Does what a rule for inbound messages says, in its order, in the transaction that reads the text.</summary>
internal sealed class ByRule(RuleFinder rules, RuleReply replies, Answering answering, ChannelBook book, ISender sender)
{
    /// <returns>False when no rule takes the text.</returns>
    public async Task<bool> Take(TextSender from, InboundText text, CancellationToken cancellation)
    {
        if (await rules.Find(from, text, cancellation) is not { } rule)
            return false;

        var channel = await sender.Send(new RecordInbound(text, from.Line.Id, rule.Patient?.Id, Attention.Open), cancellation);
        book.Note(channel, ChannelEvent.RuleMatched, $"Taken by the rule \"{rule.Trigger.Name}\"");
        var unsaid = false;
        foreach (var act in rule.Trigger.Does)
            unsaid |= !await Do(act, rule, from, text, channel, cancellation);
        if (!rule.Trigger.Does.Exists(act => act.Reply is not null))
            replies.Record(rule, text, null, Outreach.Reasons.NoReply);

        // Who was to get an answer and did not has to hear from a person.
        if (unsaid && channel.IsOpen)
            await book.Alert(channel, cancellation);
        return true;
    }

    /// <returns>False when a reply was not sent.</returns>
    private async Task<bool> Do(Act act, FoundRule rule, TextSender from, InboundText text, PatientChannel channel, CancellationToken cancellation)
    {
        if (act.Reply is not null)
            return await replies.Say(act, rule, from, text, cancellation);
        if (act.Answer is { } answer)
            await answering.Answer(from, channel, rule.Patient!.Id, answer, cancellation);
        else if (act.Mention is { } whom)
            await Mention(whom.Trim(), rule, channel, cancellation);
        else if (act.Close)
            Close(rule, channel);
        else
            await book.Alert(channel, cancellation);
        return true;
    }

    /// <summary>Groups are not kept yet: the channel says who is meant, and waits for a person.</summary>
    private async Task Mention(string whom, FoundRule rule, PatientChannel channel, CancellationToken cancellation)
    {
        book.Note(channel, ChannelEvent.Mentioned, $"For @{whom.TrimStart('@')}, by the rule \"{rule.Trigger.Name}\"");
        await book.Alert(channel, cancellation);
    }

    private void Close(FoundRule rule, PatientChannel channel)
    {
        if (!channel.IsOpen)
            return;
        channel.Close();
        book.Note(channel, ChannelEvent.Closed, $"Closed by the rule \"{rule.Trigger.Name}\"");
    }
}
