using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>What a message states of a patient.</summary>
public sealed record PatientFacts
{
    /// <summary>The one identifier that the mapping matches on; never empty.</summary>
    public required string Id { get; init; }

    /// <summary>Given name as sent.</summary>
    public Stated<string> Given { get; init; }

    /// <summary>Family name as sent.</summary>
    public Stated<string> Family { get; init; }

    /// <summary>The name the person goes by.</summary>
    public Stated<string> Preferred { get; init; }

    /// <summary>Birth date.</summary>
    public Stated<LocalDate> Born { get; init; }

    /// <summary>Sex.</summary>
    public Stated<Sex> Sex { get; init; }

    /// <summary>Language as BCP-47, after the mapping's table.</summary>
    public Stated<string> Language { get; init; }

    /// <summary>True: the patient died (PID-30 <c>Y</c>, or a date in PID-29). Either stops every message.</summary>
    public Stated<bool> Deceased { get; init; }

    /// <summary>The mobile phone as sent; the receiver brings it to E.164.</summary>
    public Stated<string> Cell { get; init; }

    /// <summary>The home phone as sent.</summary>
    public Stated<string> Home { get; init; }

    /// <summary>The work phone as sent.</summary>
    public Stated<string> Work { get; init; }

    /// <summary>The e-mail address as sent.</summary>
    public Stated<string> Email { get; init; }

    /// <summary>True: not to be contacted by triggers, by whichever path the mapping names.</summary>
    public Stated<bool> DoNotContact { get; init; }

    /// <summary>True: opted out of text messages in the EMR.</summary>
    public Stated<bool> NoTexts { get; init; }

    /// <summary>True: opted out of e-mail in the EMR.</summary>
    public Stated<bool> NoEmails { get; init; }

    /// <summary>True: opted out of calls in the EMR.</summary>
    public Stated<bool> NoCalls { get; init; }

    /// <summary>The preferred medium: <c>sms</c>, <c>email</c> or <c>voice</c>.</summary>
    public Stated<string> PreferredMedium { get; init; }
}
