using System.Globalization;
using System.Text;
using FluentValidation;

namespace Artera.Integration.Outreach.Hearing;

/// <summary>What must be right about a rule for inbound messages before it is saved.</summary>
internal sealed class HearingRules : AbstractValidator<TriggerEntry>
{
    public HearingRules(string baseLanguage) =>
        RuleFor(entry => entry).Custom((entry, context) =>
        {
            foreach (var problem in Problems(entry, baseLanguage))
                context.AddFailure($"{entry.Name}: {problem}");
        });

    private static IEnumerable<string> Problems(TriggerEntry entry, string baseLanguage) =>
    [
        .. HasNot(entry),
        .. entry.Hears is { } hears ? Problems(hears) : ["an inbound-message rule says under hears which words it takes"],
        .. entry.Do is { Count: > 0 } acts ? acts.SelectMany((act, at) => Problems(act, at + 1, baseLanguage)) : ["an inbound-message rule says under do what it does"],
    ];

    /// <summary>What only rules for visits, recalls and referrals have.</summary>
    private static IEnumerable<string> HasNot(TriggerEntry entry)
    {
        if (entry.Send.Length > 0)
            yield return "an inbound-message rule acts at once and has no send";
        if (entry.Sms is not null || entry.Email is not null || entry.Voice is not null || entry.Merged is not null)
            yield return "an inbound-message rule has its text under do, as a reply";
        if (entry.SkipIfEmpty)
            yield return "an inbound-message rule has skip-if-empty beside the reply";
        if (entry.Asks)
            yield return "an inbound-message rule asks nothing";
        if (entry.QuietHours != QuietMode.Adjust)
            yield return "an inbound-message rule answers at once, also in quiet hours";
    }

    private static IEnumerable<string> Problems(Hears hears)
    {
        if (!hears.Words.Any())
            yield return "hears lists no words";
        foreach (var word in hears.Words.Where(word => !word.EnumerateRunes().Any(IsSaid)))
            yield return $"hears: '{word}' has neither a letter, a digit nor a sign";
        if (hears.CooldownMinutes is < 0 or > Hears.LongestCooldown)
            yield return $"cooldown-minutes is 0 to {Hears.LongestCooldown}";
    }

    private static IEnumerable<string> Problems(Act act, int number, string baseLanguage)
    {
        if (act.Count != 1)
            yield return $"do, {number}: one of reply, visit, mention, close, needs-action";
        if (act is { SkipIfEmpty: true, Reply: null })
            yield return $"do, {number}: skip-if-empty goes with a reply";
        if (act.Mention is { } whom && string.IsNullOrWhiteSpace(whom))
            yield return $"do, {number}: mention names nobody";
        foreach (var problem in TriggerEntryRules.TextProblems(act.Reply, baseLanguage))
            yield return $"do, {number}: reply {problem}";
    }

    private static bool IsSaid(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;
}
