using System.ComponentModel;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Hearing;

namespace Artera.Integration.Outreach;

/// <summary>A trigger as people write it in a YAML file.</summary>
public sealed class TriggerEntry
{
    public string Name { get; set; } = "";

    public TriggerModule Module { get; set; } = TriggerModule.Appointment;

    /// <summary>When: <c>7 days before start at 10:00</c>, <c>0 minutes after booked</c>.</summary>
    public string Send { get; set; } = "";

    /// <summary>For the module <c>inbound-message</c>: which messages the rule takes.</summary>
    public Hears? Hears { get; set; }

    /// <summary>For the module <c>inbound-message</c>: what it does, in this order.</summary>
    public List<Act>? Do { get; set; }

    public ResourceKind SendFrom { get; set; } = ResourceKind.Location;

    /// <summary>Filters that must hold, by what they look at: <c>patient-status: [Unconfirmed]</c>.</summary>
    public Dictionary<FilterOn, List<string>> Only { get; set; } = [];

    /// <summary>Filters that must not hold.</summary>
    public Dictionary<FilterOn, List<string>> Never { get; set; } = [];

    public bool Asks { get; set; }

    [DefaultValue(true)]
    public bool Running { get; set; } = true;

    public QuietMode QuietHours { get; set; } = QuietMode.Adjust;

    /// <summary>Not sent when a phrase of its text has no value.</summary>
    public bool SkipIfEmpty { get; set; }

    /// <summary>The text message, by language.</summary>
    public Dictionary<string, string>? Sms { get; set; }

    public EmailEntry? Email { get; set; }

    /// <summary>What is read out, by language.</summary>
    public Dictionary<string, string>? Voice { get; set; }

    /// <summary>What is said instead when several visits of one day in one practice are told in one message, by medium and language.</summary>
    public MergedEntry? Merged { get; set; }

    public sealed class MergedEntry
    {
        public Dictionary<string, string>? Sms { get; set; }

        /// <summary>The body; the subject is the single message's.</summary>
        public Dictionary<string, string>? Email { get; set; }

        public Dictionary<string, string>? Voice { get; set; }

        internal static MergedEntry? Of(Trigger trigger) => trigger.Merges
            ? new MergedEntry { Sms = Of(trigger, Medium.Sms), Email = Of(trigger, Medium.Email), Voice = Of(trigger, Medium.Voice) }
            : null;

        private static Dictionary<string, string>? Of(Trigger trigger, Medium medium) => trigger.Text(medium) is { Merged: { Count: > 0 } merged } ? merged : null;
    }

    public sealed class EmailEntry
    {
        public Dictionary<string, string> Subject { get; set; } = [];

        public Dictionary<string, string> Body { get; set; } = [];
    }

    /// <summary>Lays the entry over a stored trigger.</summary>
    /// <exception cref="FormatException"><see cref="Send"/> is no time.</exception>
    public void Fill(Trigger trigger)
    {
        trigger.Name = Name;
        trigger.Module = Module;
        trigger.Timing = Timing;
        trigger.SendFrom = SendFrom;
        trigger.Filters = TriggerFilters.Of(Only, Never);
        trigger.Asks = Asks;
        trigger.Running = Running;
        trigger.Quiet = QuietHours;
        trigger.Texts = [.. Texts()];
        trigger.Hears = Hears;
        trigger.Does = Do ?? [];
    }

    /// <exception cref="FormatException"><see cref="Send"/> is no time.</exception>
    public Trigger ToTrigger(long healthSystemId, long? practiceId)
    {
        var trigger = new Trigger { HealthSystemId = healthSystemId, PracticeId = practiceId, Name = Name, Timing = Timing };
        Fill(trigger);
        return trigger;
    }

    public static TriggerEntry Of(Trigger trigger) => new()
    {
        Name = trigger.Name,
        Module = trigger.Module,
        Send = trigger.Module == TriggerModule.InboundMessage ? "" : TimingWords.Write(trigger.Timing),
        Hears = trigger.Hears,
        Do = trigger.Does.Count > 0 ? trigger.Does : null,
        SendFrom = trigger.SendFrom,
        Only = trigger.Filters.Include.ToDictionary(filter => filter.On, filter => filter.Values),
        Never = trigger.Filters.Exclude.ToDictionary(filter => filter.On, filter => filter.Values),
        Asks = trigger.Asks,
        Running = trigger.Running,
        QuietHours = trigger.Quiet,
        SkipIfEmpty = trigger.Texts.Exists(text => text.SkipIfEmpty),
        Sms = trigger.Text(Medium.Sms)?.Body,
        Email = trigger.Text(Medium.Email) is { } email ? new EmailEntry { Subject = email.Subject, Body = email.Body } : null,
        Voice = trigger.Text(Medium.Voice)?.Body,
        Merged = MergedEntry.Of(trigger),
    };

    private Timing Timing => Module == TriggerModule.InboundMessage ? new Timing { Anchor = Anchor.Received } : TimingWords.Read(Send);

    private IEnumerable<TriggerText> Texts()
    {
        if (Sms is { Count: > 0 })
            yield return new TriggerText { Medium = Medium.Sms, Body = Sms, Merged = Merged?.Sms ?? [], SkipIfEmpty = SkipIfEmpty };
        if (Email is { Body.Count: > 0 })
            yield return new TriggerText { Medium = Medium.Email, Body = Email.Body, Subject = Email.Subject, Merged = Merged?.Email ?? [], SkipIfEmpty = SkipIfEmpty };
        if (Voice is { Count: > 0 })
            yield return new TriggerText { Medium = Medium.Voice, Body = Voice, Merged = Merged?.Voice ?? [], SkipIfEmpty = SkipIfEmpty };
    }
}
