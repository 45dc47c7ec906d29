using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>A trigger's message in words, with the line, medium and address it travels by; or why there is none.</summary>
internal readonly record struct Composed(Line? Line, Medium Medium, string Address, string Body, string? Subject, string? Reason = null, string? Detail = null, bool Merged = false, string? Language = null)
{
    public static Composed Not(string reason, string? detail = null) => new(null, default, "", "", null, reason, detail);
}

/// <summary>Chooses line, medium and address on the data of this moment and puts the message into the patient's language.</summary>
internal sealed class Composer(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, MediumBook media, SignedLinks links, TimeProvider time)
{
    /// <param name="together">The visits that one message may tell of, the earliest first.</param>
    public async Task<Composed> Compose(Trigger trigger, Subject subject, IReadOnlyList<Visit> together, Patient patient, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        var practice = directory.Practice(subject.PracticeId!.Value);
        if (LineFor(trigger, subject, directory) is not { } line)
            return Composed.Not(Reasons.NoLine);

        var reach = Reach.For(trigger, patient, media.Serves, await OptedOut(line, patient, cancellation));
        if (reach.Address is not { } address)
            return Composed.Not(reason: reach.Reason!);
        if (IsTest(patient, directory.HealthSystemOf(practice), address))
            return Composed.Not(Reasons.TestPatient);

        var text = trigger.Text(reach.Medium)!;
        var merged = together.Count > 1 && text.Merged.Count > 0;
        var body = merged ? text.Merged : text.Body;
        var system = directory.HealthSystemOf(practice);
        var language = Choose(body, patient, system);
        var subjectLine = Languages.Choose([.. text.Subject.Keys], language, system.BaseLanguage) is { } its ? text.Subject[its] : null;
        var occasion = new Occasion(directory, patient, merged ? together[0] : subject, merged || subject is not Visit ? together : [(Visit)subject], practice, line, language, time.Now())
        {
            Links = SmartPhrases.NeedLink(body[language] + subjectLine) ? await links.Signer(cancellation) : null,
        };
        var (said, empty) = Say(body[language], occasion);
        (string? title, var missing) = subjectLine is null ? (null, []) : Say(subjectLine, occasion);
        if (text.SkipIfEmpty && empty.Concat(missing).FirstOrDefault() is { } hole)
            return Composed.Not(Reasons.EmptyPhrase, hole);
        return new(line, reach.Medium, address, said, title, Merged: merged, Language: language);
    }

    /// <summary>Whether there is a way left that nobody has opted out of.</summary>
    public async Task<bool> CanReach(Trigger trigger, Subject subject, Patient patient, CancellationToken cancellation) =>
        LineFor(trigger, subject, await enterprise.Get(cancellation)) is { } line
        && Reach.For(trigger, patient, media.Serves, await OptedOut(line, patient, cancellation)).Address is not null;

    public static Line? LineFor(Trigger trigger, Subject subject, EnterpriseDirectory directory) => subject.LineId is { } its
        ? directory.Line(its)
        : directory.LineOf(subject.Emr, trigger.SendFrom, subject.CodeOf(trigger.SendFrom), subject.PracticeId!.Value);

    private async Task<HashSet<string>> OptedOut(Line line, Patient patient, CancellationToken cancellation)
    {
        var numbers = patient.ContactPoints.Select(point => point.Address).ToList();
        return await db.Set<OptOut>()
            .Where(optOut => optOut.LineId == line.Id && numbers.Contains(optOut.Number))
            .Select(optOut => optOut.Number)
            .ToHashSetAsync(StringComparer.Ordinal, cancellation);
    }

    public static bool IsTest(Patient patient, HealthSystem system, string address) =>
        string.Equals(patient.Family, system.TestFamilyName, StringComparison.OrdinalIgnoreCase) && !system.TestNumbers.Contains(address, StringComparer.Ordinal);

    public static string Choose(Dictionary<string, string> texts, Patient patient, HealthSystem system) =>
        Languages.Choose(texts.Keys, patient.Language, system.BaseLanguage) ?? texts.Keys.First();

    public static (string Text, IReadOnlyList<string> Empty) Say(string text, Occasion occasion) =>
        Template.Parse(text).Render(phrase => SmartPhrases.Value(phrase, occasion));
}
