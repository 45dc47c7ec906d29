using Artera.Integration.Appointments;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach.Wording;

/// <summary>What a text speaks of when it is said: whom to, about which visit, from which line, in which language.</summary>
internal sealed class Occasion(
    EnterpriseDirectory directory, Patient? patient, Subject subject, IReadOnlyList<Visit> together, Practice practice, Line line, string language, Instant now)
{
    private const char FirstStrongIsolate = '\u2068';
    private const char LeftToRightIsolate = '\u2066';
    private const char PopIsolate = '\u2069';

    private readonly bool rightToLeft = Languages.IsRightToLeft(language);
    private readonly DateTimeZone zone = practice.Zone;
    private readonly Appointment? visit = (subject as Visit)?.Appointment;

    /// <summary>Signs the link that the text may have; null where it has none.</summary>
    public LinkSigner? Links { get; init; }

    public string? ConfirmLink => Links is { } links ? Outreach.ConfirmLink.For(links, together) : null;

    /// <summary>Null when a number is answered that nobody knows.</summary>
    public Patient? Patient => patient;

    public string? ProviderText => subject.ProviderText;

    public string? LocationText => subject.LocationText;

    /// <summary>The recall or referral, if the text is about one.</summary>
    public Order? Order => subject as Order;

    public Practice Practice => practice;

    public Line Line => line;

    public HealthSystem HealthSystem { get; } = directory.HealthSystemOf(practice);

    public Resource? Location { get; } = directory.Resource(subject.Emr, ResourceKind.Location, subject.LocationCode);

    public Resource? Provider { get; } = directory.Resource(subject.Emr, ResourceKind.Provider, subject.ProviderCode);

    public EventType? EventType { get; } = directory.EventType(subject.Emr, subject.TypeCode);

    public DateWords Words { get; } = DateWords.In(language);

    public LocalDate Today => now.InZone(zone).Date;

    /// <summary>Null when the EMR gave no hour.</summary>
    public LocalDateTime? Start => visit is not { DayOnly: false } ? null : visit.StartsAt?.InZone(zone).LocalDateTime;

    /// <summary>A day without an hour is told from its noon, which is the same day in the zones around.</summary>
    public LocalDate? Day => visit is { DayOnly: true } ? (visit.StartsAt + Duration.FromHours(12))?.InZone(zone).Date : Start?.Date;

    /// <summary>A line for each visit that the message tells of: its time, and its name for patients.</summary>
    public string? List => together.Count == 0 ? null : string.Join('\n', together.Select(Item));

    public string? Name(string? name) => string.IsNullOrWhiteSpace(name) ? null : Foreign(ProperCase.Of(name, Languages.Culture(language)));

    public string? Translated(IReadOnlyDictionary<string, string>? texts) =>
        texts is not null && Languages.Choose([.. texts.Keys], language, HealthSystem.BaseLanguage) is { } found ? texts[found] : null;

    /// <summary>The practice's wording, else the default; the patient's language goes before the practice's own words.</summary>
    public string? ConfirmText =>
        InTheLanguage(practice.ConfirmText) ?? InTheLanguage(StartingTriggers.ConfirmText)
        ?? Translated(practice.ConfirmText) ?? Translated(StartingTriggers.ConfirmText);

    /// <summary>Words that may run the other way than the text: kept together and apart from it.</summary>
    public string? Foreign(string? words) =>
        rightToLeft && !string.IsNullOrWhiteSpace(words) ? $"{FirstStrongIsolate}{words}{PopIsolate}" : words;

    public string? Phone(string? number)
    {
        if (string.IsNullOrWhiteSpace(number))
            return null;
        var readable = PhoneNumber.Readable(number);
        return rightToLeft ? $"{LeftToRightIsolate}{readable}{PopIsolate}" : readable;
    }

    private string Item(Visit one)
    {
        var start = one.Appointment.StartsAt?.InZone(zone).LocalDateTime;
        var when = start is { } known && !one.Appointment.DayOnly ? Words.Time(known.TimeOfDay) : null;
        var said = string.Join(' ', new[] { when, Translated(directory.EventType(one.Emr, one.TypeCode)?.Name) }.Where(part => !string.IsNullOrWhiteSpace(part)));

        // A visit of which neither hour nor name is known is still told: by its day.
        return said.Length > 0 || start is null ? said : Words.Date(one.Appointment.DayOnly ? start.Value.PlusHours(12).Date : start.Value.Date, Today);
    }

    private string? InTheLanguage(IReadOnlyDictionary<string, string> texts) =>
        Languages.Choose([.. texts.Keys], language, language) is { } found ? texts[found] : null;
}
