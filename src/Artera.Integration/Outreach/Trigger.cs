using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Outreach.Wording;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Outreach;

/// <summary>A rule that sends messages by itself. Enterprise triggers (no practice) are defaults for all practices.</summary>
public sealed class Trigger : ISetting
{
    private bool? saysTime;

    public long Id { get; private set; }

    public required long HealthSystemId { get; set; }

    /// <summary>Null: a default of the enterprise. A practice's trigger replaces the default of the same name.</summary>
    public long? PracticeId { get; set; }

    public required string Name { get; set; }

    public TriggerModule Module { get; set; } = TriggerModule.Appointment;

    public bool Running { get; set; } = true;

    /// <summary>The line is the one that this resource belongs to.</summary>
    public ResourceKind SendFrom { get; set; } = ResourceKind.Location;

    public required Timing Timing { get; set; }

    public TriggerFilters Filters { get; set; } = new();

    /// <summary>Texts by medium, each by language.</summary>
    public List<TriggerText> Texts { get; set; } = [];

    /// <summary>The message asks a question that the patient's answer belongs to.</summary>
    public bool Asks { get; set; }

    public QuietMode Quiet { get; set; } = QuietMode.Adjust;

    /// <summary>For inbound messages: which ones it takes.</summary>
    public Hears? Hears { get; set; }

    /// <summary>For inbound messages: what it does, in this order.</summary>
    public List<Act> Does { get; set; } = [];

    /// <summary>A text names the hour of the visit.</summary>
    internal bool SaysTime => saysTime ??= Texts.Exists(text => text.Body.Values.Concat(text.Subject.Values).Any(SmartPhrases.SayTime));

    /// <summary>Visits of one patient, day and practice that it speaks of go out as one message.</summary>
    internal bool Merges => Texts.Exists(text => text.Merged.Count > 0);

    public TriggerText? Text(Medium medium) => Texts.Find(text => text.Medium == medium);

    /// <summary>The default as a practice has chosen to have it.</summary>
    internal Trigger In(PracticeChoice choice) => new()
    {
        Id = Id,
        HealthSystemId = HealthSystemId,
        Name = Name,
        Module = Module,
        Running = choice.Running ?? Running,
        SendFrom = SendFrom,
        Timing = Timing,
        Filters = Filters.And(choice.Filters),
        Texts = Texts,
        Asks = Asks,
        Quiet = Quiet,
        Hears = Hears,
        Does = Does,
    };

    internal bool Replaces(Trigger other) => Module == other.Module && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    private sealed class Row : IEntityTypeConfiguration<Trigger>
    {
        public void Configure(EntityTypeBuilder<Trigger> builder)
        {
            builder.HasIndex(trigger => new { trigger.HealthSystemId, trigger.PracticeId, trigger.Name }).IsUnique();
            builder.HasOne<HealthSystem>().WithMany().HasForeignKey(trigger => trigger.HealthSystemId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Practice>().WithMany().HasForeignKey(trigger => trigger.PracticeId).OnDelete(DeleteBehavior.Restrict);
            builder.Property(trigger => trigger.Timing).AsJson();
            builder.Property(trigger => trigger.Filters).AsJson();
            builder.Property(trigger => trigger.Texts).AsJson();
            builder.Property(trigger => trigger.Hears!).AsJson();
            builder.Property(trigger => trigger.Does).AsJson();
        }
    }
}

public enum TriggerModule
{
    Appointment,
    Recall,
    Referral,
    InboundMessage,

    /// <summary>No rule: the texts of a campaign, sent once to those whom it is for.</summary>
    Campaign,
}

public enum QuietMode
{
    /// <summary>Timed: moved out of the quiet hours. Instant: held until they end.</summary>
    Adjust,

    /// <summary>Not sent.</summary>
    Drop,

    /// <summary>Sent all the same.</summary>
    SendAnyway,
}
