using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Outreach.Wording;
using FluentValidation;
using YamlDotNet.Serialization.NamingConventions;

namespace Artera.Integration.Outreach;

/// <summary>What must be right about a trigger before it is saved.</summary>
internal sealed class TriggerEntryRules : AbstractValidator<TriggerEntry>
{
    public TriggerEntryRules(string baseLanguage)
    {
        RuleFor(entry => entry.Name).NotEmpty();
        RuleFor(entry => entry.Only).Custom((filters, context) => Add(context, FilterProblems(context.InstanceToValidate.Module, filters)));
        RuleFor(entry => entry.Never).Custom((filters, context) => Add(context, FilterProblems(context.InstanceToValidate.Module, filters)));
        When(entry => entry.Module == TriggerModule.InboundMessage, () => Include(new HearingRules(baseLanguage)))
            .Otherwise(() => Messages(baseLanguage));
    }

    /// <summary>For rules that send a message when something happened in the EMR or a day has come.</summary>
    private void Messages(string baseLanguage)
    {
        RuleFor(entry => entry.Send).Custom((send, context) => Add(context, TimeProblem(context.InstanceToValidate, send)));
        RuleFor(entry => entry.Sms).Custom((texts, context) => Add(context, TextProblems(texts, baseLanguage)));
        RuleFor(entry => entry.Voice).Custom((texts, context) => Add(context, TextProblems(texts, baseLanguage)));
        RuleFor(entry => entry.Email!.Body).Custom((texts, context) => Add(context, TextProblems(texts, baseLanguage))).When(entry => entry.Email is not null);
        RuleFor(entry => entry.Email!.Subject).Custom((texts, context) => Add(context, SubjectProblems(texts, context.InstanceToValidate.Email!.Body, baseLanguage))).When(entry => entry.Email is not null);
        RuleFor(entry => entry.Merged!.Sms).Custom((texts, context) => Add(context, MergedProblems(texts, context.InstanceToValidate.Sms, baseLanguage))).When(entry => entry.Merged is not null);
        RuleFor(entry => entry.Merged!.Email).Custom((texts, context) => Add(context, MergedProblems(texts, context.InstanceToValidate.Email?.Body, baseLanguage))).When(entry => entry.Merged is not null);
        RuleFor(entry => entry.Merged!.Voice).Custom((texts, context) => Add(context, MergedProblems(texts, context.InstanceToValidate.Voice, baseLanguage))).When(entry => entry.Merged is not null);
        RuleFor(entry => entry.Merged).Must((entry, merged) => merged is null || entry.Module == TriggerModule.Appointment).WithMessage("only visits are told in one message");
        RuleFor(entry => entry).Must(entry => entry.Sms is not null || entry.Email is not null || entry.Voice is not null).WithMessage("there is no text");
        RuleFor(entry => entry).Custom((entry, context) => Add(context, LanguageProblems(entry, baseLanguage)));
        RuleFor(entry => entry.Asks).Must((entry, asks) => !asks || entry.Sms is { Count: > 0 }).WithMessage("a question is asked by text message, and there is none");
        RuleFor(entry => entry.Asks).Must((entry, asks) => !asks || entry.Module == TriggerModule.Appointment).WithMessage("only a visit can be asked about");
        RuleFor(entry => entry).Must(entry => entry.Hears is null && entry.Do is null).WithMessage(entry => $"{entry.Name}: hears and do are for the module inbound-message");
    }

    private static IEnumerable<string> TimeProblem(TriggerEntry entry, string send)
    {
        Timing timing;
        try
        {
            timing = TimingWords.Read(send);
        }
        catch (FormatException problem)
        {
            return [problem.Message];
        }

        return Has(entry.Module, timing.Anchor) ? [] : [$"'{send}': {A(entry.Module)} has no such moment"];
    }

    private static string A(TriggerModule module) => module switch
    {
        TriggerModule.Appointment => "an appointment",
        TriggerModule.InboundMessage => "an inbound message",
        _ => $"a {module}".ToLowerInvariant(),
    };

    private static bool Has(TriggerModule module, FilterOn on) => on switch
    {
        FilterOn.PatientStatus or FilterOn.SystemStatus => module is TriggerModule.Appointment or TriggerModule.InboundMessage,
        FilterOn.Device or FilterOn.General => module is TriggerModule.Appointment or TriggerModule.InboundMessage,
        FilterOn.NoResponse => module == TriggerModule.Appointment,
        FilterOn.Line => module == TriggerModule.InboundMessage,
        FilterOn.Priority => module is TriggerModule.Recall or TriggerModule.Referral,
        FilterOn.SchedulingStatus or FilterOn.AuthorizationStatus => module == TriggerModule.Referral,
        _ => true,
    };

    private static bool Has(TriggerModule module, Anchor anchor) => module switch
    {
        TriggerModule.Appointment => anchor < Anchor.Created,
        TriggerModule.Recall => anchor is Anchor.Created or Anchor.Due,
        TriggerModule.Referral => anchor is Anchor.Created or Anchor.SchedulingStatusChanged or Anchor.AuthorizationStatusChanged,
        TriggerModule.InboundMessage => anchor is Anchor.Received,
        _ => anchor is not Anchor.Received,
    };

    /// <summary>What is wrong with the filters that a practice adds to a default.</summary>
    public static IEnumerable<string> Problems(TriggerModule module, ChoiceEntry entry) =>
        FilterProblems(module, entry.Only).Concat(FilterProblems(module, entry.Never));

    private static IEnumerable<string> FilterProblems(TriggerModule module, Dictionary<FilterOn, List<string>> filters)
    {
        foreach (var (on, values) in filters)
        {
            var name = HyphenatedNamingConvention.Instance.Apply(on.ToString());
            if (!Has(module, on))
                yield return $"{A(module)} has no {name}";
            if (values.Count == 0)
                yield return $"{name} lists no values";
            foreach (var value in values.Where(value => !IsValue(on, value)))
                yield return $"'{value}' is no {name.Replace('-', ' ')}";
        }
    }

    private static bool IsValue(FilterOn on, string value) => on switch
    {
        FilterOn.PatientStatus => Enum.TryParse<PatientStatus>(value, ignoreCase: true, out _),
        FilterOn.SystemStatus => Enum.TryParse<EmrStatus>(value, ignoreCase: true, out _),
        FilterOn.Sex => Enum.TryParse<Sex>(value, ignoreCase: true, out _),
        FilterOn.Age => AgeRange.TryRead(value, out _, out _),
        FilterOn.NoResponse => value.ToUpperInvariant() is "YES" or "NO",
        FilterOn.Line => value is ['+', ..] && value.Skip(1).All(char.IsAsciiDigit),
        _ => value.Length > 0,
    };

    public static IEnumerable<string> TextProblems(Dictionary<string, string>? texts, string baseLanguage)
    {
        if (texts is null)
            yield break;
        if (Languages.Choose(texts.Keys, null, baseLanguage) is null)
            yield return $"the base language {baseLanguage} is missing";
        foreach (var (language, text) in texts)
        {
            foreach (var problem in Template.Parse(text).Problems)
                yield return $"{language} {problem}";
        }
    }

    /// <summary>A patient whose language one medium has reads it in every other: which one is used is for the patient and the moment to say.</summary>
    private static IEnumerable<string> LanguageProblems(TriggerEntry entry, string baseLanguage)
    {
        (string Name, Dictionary<string, string>? Texts)[] all = [("text message", entry.Sms), ("e-mail", entry.Email?.Body), ("call", entry.Voice)];
        var media = Array.FindAll(all, medium => medium.Texts is { Count: > 0 });
        foreach (var (name, texts) in media)
        {
            foreach (var (other, has) in media.Where(medium => medium.Texts != texts))
            {
                foreach (var language in Missing(texts!, has!, baseLanguage))
                    yield return $"the {name} is missing in {language}, which the {other} has";
            }
        }
    }

    private static IEnumerable<string> MergedProblems(Dictionary<string, string>? texts, Dictionary<string, string>? single, string baseLanguage)
    {
        if (texts is not { Count: > 0 })
            return [];
        var unlisted = texts.Where(text => !text.Value.Contains(SmartPhrases.List, StringComparison.Ordinal)).Select(text => $"{text.Key} does not say {SmartPhrases.List}");
        return [.. TextProblems(texts, baseLanguage), .. unlisted, .. single is { Count: > 0 } ? Untold(texts, single, baseLanguage) : ["there is no text for a single visit"]];

        static IEnumerable<string> Untold(Dictionary<string, string> texts, Dictionary<string, string> single, string baseLanguage) =>
            Missing(texts, single, baseLanguage).Select(language => $"the text for several visits is missing in {language}");
    }

    private static IEnumerable<string> SubjectProblems(Dictionary<string, string> texts, Dictionary<string, string> body, string baseLanguage) =>
        Languages.Choose(texts.Keys, null, baseLanguage) is null
            ? [$"an e-mail needs a subject in {baseLanguage}"]
            : TextProblems(texts, baseLanguage).Concat(Missing(texts, body, baseLanguage).Select(language => $"an e-mail needs a subject in {language}"));

    /// <summary>Languages of the body in which a patient would get these words in another one; <c>es</c> does for <c>es-MX</c>.</summary>
    private static IEnumerable<string> Missing(Dictionary<string, string> texts, Dictionary<string, string> body, string baseLanguage) =>
        body.Keys.Where(language => Languages.Choose(texts.Keys, language, "") is null && !string.Equals(language, baseLanguage, StringComparison.OrdinalIgnoreCase));

    private static void Add<T>(ValidationContext<TriggerEntry> context, IEnumerable<T> problems)
    {
        foreach (var problem in problems)
            context.AddFailure($"{context.InstanceToValidate.Name}: {context.PropertyPath}", $"{problem}");
    }
}
