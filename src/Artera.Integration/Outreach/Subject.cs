using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>What a message speaks of, as triggers look at it: a visit, a recall or a referral. It knows its own rules; <see cref="Planner"/> has those of all.</summary>
/// <param name="Module">Which triggers speak of it.</param>
/// <param name="PracticeId">Null while no practice owns its location, and then nobody is messaged.</param>
internal abstract record Subject(
    TriggerModule Module,
    long Id,
    long PatientId,
    long? PracticeId,
    string Emr,
    string? TypeCode,
    string? ProviderCode,
    string? ProviderText,
    string? LocationCode,
    string? LocationText)
{
    /// <summary>When it last moved; what was answered before that may be answered again.</summary>
    public virtual Instant? ChangedAt => null;

    /// <summary>What the trigger's time counts from; null when that has not happened.</summary>
    public abstract Instant? AnchorOf(Trigger trigger, PracticeCalendar calendar);

    /// <summary>What in it speaks against sending, on the data of this moment.</summary>
    public abstract (string? Reason, string? Detail) Obstacle(Trigger trigger, PracticeCalendar calendar, Instant now);

    /// <summary>What speaks against the time at which it would be sent.</summary>
    public abstract (string? Reason, string? Detail) TooLate(Trigger trigger, DueTime due, PracticeCalendar calendar);

    /// <summary>When the trigger's message has lost its meaning; null: never.</summary>
    public abstract Instant? NotAfter(Trigger trigger);

    /// <summary>The line that speaks of it, whatever resource it belongs to; null: the resource's or the practice's.</summary>
    public virtual long? LineId => null;

    /// <summary>A message that nobody sent in time is not sent at all.</summary>
    public virtual bool Lapses => true;

    /// <summary>Until when, and why, its message has to wait although it is due; null: it need not.</summary>
    public virtual (Instant Until, string Reason)? Waits(PracticeCalendar calendar, QuietHours quiet, Instant now) => null;

    /// <summary>The EMR's code of the resource of a kind that it is with; null when there is none.</summary>
    public virtual string? CodeOf(Enterprise.ResourceKind kind) => kind switch
    {
        Enterprise.ResourceKind.Location => LocationCode,
        Enterprise.ResourceKind.Provider => ProviderCode,
        _ => null,
    };

    /// <summary>What a filter looks at; null when it has no such thing.</summary>
    public abstract string? Value(FilterOn on);
}
