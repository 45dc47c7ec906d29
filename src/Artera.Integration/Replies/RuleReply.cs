using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Outreach.Wording;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>What a rule for inbound messages answers, unless something speaks against it; the ledger says what.</summary>
internal sealed class RuleReply(IntegrationDb db, AutomaticReply automatic, Snapshot<EnterpriseDirectory> enterprise, SignedLinks links, TimeProvider time)
{
    /// <returns>False when it was not sent.</returns>
    public async Task<bool> Say(Act act, FoundRule rule, TextSender from, InboundText text, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        var system = directory.HealthSystemOf(rule.Practice);
        if (await Against(rule, from, system, cancellation) is { } reason)
            return Record(rule, text, null, reason);

        var language = Languages.Choose(act.Reply!.Keys, rule.Patient?.Language ?? from.Language, system.BaseLanguage) ?? act.Reply.Keys.First();
        Subject about = rule.Heard.About is { } visit ? visit : rule.Heard;
        var occasion = new Occasion(directory, rule.Patient, about, rule.Heard.About is { } told ? [told] : [], rule.Practice, from.Line, language, time.Now())
        {
            Links = SmartPhrases.NeedLink(act.Reply[language]) ? await links.Signer(cancellation) : null,
        };
        var (body, empty) = Template.Parse(act.Reply[language]).Render(phrase => SmartPhrases.Value(phrase, occasion));
        if (body.Length == 0 || (act.SkipIfEmpty && empty.Count > 0))
            return Record(rule, text, null, Reasons.EmptyPhrase, empty[0]);

        var sent = await automatic.Say(from.Line, from.Number, body, KindOf(rule.Trigger), rule.Patient?.Id, cancellation);
        return Record(rule, text, sent.Id, null);
    }

    /// <summary>One row a rule and text: what the first reply came to, or why there is none.</summary>
    /// <returns>Whether a message went out.</returns>
    public bool Record(FoundRule rule, InboundText text, long? outboundMessageId, string? reason, string? detail = null)
    {
        var sent = outboundMessageId is not null;
        if (rule.Patient is not { } patient || db.Set<PlannedMessage>().Local.Any(row => IsOf(row, rule.Trigger, text)))
            return sent;
        var now = time.Now();
        db.Add(new PlannedMessage
        {
            TriggerId = rule.Trigger.Id,
            PatientId = patient.Id,
            Module = TriggerModule.InboundMessage,
            SubjectId = text.Id,
            Anchor = text.ReceivedAt,
            State = sent ? PlanState.Sent : PlanState.NotSent,
            Reason = reason,
            Detail = detail,
            OutboundMessageId = outboundMessageId,
            DueAt = now,
            DecidedAt = now,
        });
        return sent;
    }

    private static bool IsOf(PlannedMessage row, Trigger trigger, InboundText text) =>
        row.Module == TriggerModule.InboundMessage && row.SubjectId == text.Id && row.TriggerId == trigger.Id;

    private async Task<string?> Against(FoundRule rule, TextSender from, HealthSystem system, CancellationToken cancellation)
    {
        if (from.OptedOut)
            return Reasons.OptedOut;
        if (rule.Patient is { Deceased: true })
            return Reasons.Deceased;
        if (rule.Patient is { DoNotContact: true })
            return Reasons.DoNotContact;
        if (rule.Patient is { } patient && Composer.IsTest(patient, system, from.Number))
            return Reasons.TestPatient;
        if (await IsCooling(rule, from, cancellation))
            return Reasons.Cooldown;
        return await automatic.May(from.Line, from.Number, cancellation) ? null : Reasons.TooManyReplies;
    }

    /// <summary>For a number that nobody knows, its messages stand for the patient's.</summary>
    private Task<bool> IsCooling(FoundRule rule, TextSender from, CancellationToken cancellation)
    {
        var since = time.Now() - Duration.FromMinutes(rule.Trigger.Hears!.CooldownMinutes);
        var reference = AutomaticReply.ReferenceOf(KindOf(rule.Trigger));
        return rule.Patient is { } patient
            ? db.Set<PlannedMessage>().AnyAsync(
                row => row.PatientId == patient.Id && row.TriggerId == rule.Trigger.Id && row.State == PlanState.Sent && row.DecidedAt > since, cancellation)
            : db.Set<OutboundMessage>().AnyAsync(
                message => message.LineId == from.Line.Id && message.To == from.Number && message.Reference == reference && message.CreatedAt > since, cancellation);
    }

    private static string KindOf(Trigger trigger) => string.Create(CultureInfo.InvariantCulture, $"rule-{trigger.Id}");
}
