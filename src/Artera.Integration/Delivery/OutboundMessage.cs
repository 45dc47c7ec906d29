using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>A message that is to leave: queued in the transaction that decided it, sent by <c>SendMessagesJob</c>.</summary>
public sealed class OutboundMessage : DueRow
{
    public required Medium Medium { get; set; }

    public required long LineId { get; set; }

    /// <summary>The line's number (SMS, voice) or the sender address (e-mail).</summary>
    public required string From { get; set; }

    public required string To { get; set; }

    /// <summary>The whole text.</summary>
    public required string Body { get; set; }

    /// <summary>How many segments the text is sent and paid for as; 0 for what is not a text.</summary>
    public int Segments { get; set; }

    /// <summary>For e-mail.</summary>
    public string? Subject { get; set; }

    /// <summary>What it is written in, BCP-47; null when nobody said.</summary>
    public string? Language { get; set; }

    /// <summary>An answer to it is awaited: a call offers its keys.</summary>
    public bool Asks { get; set; }

    /// <summary>What the sender of the command knows it by, such as <c>planned:17</c>; opaque here.</summary>
    public string? Reference { get; set; }

    /// <summary>Whom it is for; opaque here.</summary>
    public long? PatientId { get; set; }

    public required Priority Priority { get; set; }

    /// <summary>The one message that may follow an opt-out: the confirmation that a carrier demands.</summary>
    public bool DespiteOptOut { get; set; }

    /// <summary>When it has lost its meaning (the visit has begun): after that it is not sent. Null: never.</summary>
    public Instant? NotAfter { get; set; }

    public required Instant CreatedAt { get; set; }

    /// <summary>What we know of the way out.</summary>
    public OutboundState State { get; set; } = OutboundState.Queued;

    /// <summary>What the provider has reported since.</summary>
    public DeliveryState Delivery { get; set; } = DeliveryState.Queued;

    /// <summary>The provider's own id (Twilio: the message SID).</summary>
    public string? ProviderId { get; set; }

    /// <summary>The provider's code, or ours, when it failed.</summary>
    public string? FailureCode { get; set; }

    public int Attempts { get; set; }

    public Instant? SentAt { get; set; }

    public Instant? DeliveredAt { get; set; }

    internal void WaitUntil(Instant due) => Enter(OutboundState.Queued, due);

    internal void LookAgainAt(Instant due) => Enter(OutboundState.Sending, due);

    internal void TakenAs(string providerId, Instant at)
    {
        State = OutboundState.Sent;
        Delivery = DeliveryState.Sent;
        ProviderId = providerId;
        FailureCode = null;
        SentAt = at;
        Release();
    }

    internal void Fail(string code)
    {
        State = OutboundState.Failed;
        Delivery = DeliveryState.Failed;
        FailureCode = code;
        Release();
    }

    private void Enter(OutboundState state, Instant due)
    {
        State = state;
        Delivery = DeliveryState.Queued;
        ProviderId = null;
        SentAt = null;
        DueAt = due;
        Release();
    }

    private sealed class Row : IEntityTypeConfiguration<OutboundMessage>
    {
        public void Configure(EntityTypeBuilder<OutboundMessage> builder)
        {
            builder.Property(message => message.Body).HasMaxLength(4000);
            builder.Property(message => message.Language).HasMaxLength(35);
            builder.HasIndex(message => new { message.State, message.Medium, message.LineId, message.Priority, message.DueAt });
            builder.HasIndex(message => new { message.LineId, message.State }).HasFilter("\"Medium\" = 'Voice'").HasDatabaseName("IX_OutboundMessage_Calls");
            builder.HasIndex(message => message.ProviderId).IsUnique();
            builder.HasIndex(message => message.Reference);
            builder.HasIndex(message => new { message.LineId, message.To, message.CreatedAt });
            builder.Property(message => message.Priority).HasConversion<int>();
        }
    }
}

public enum Medium
{
    Sms,
    Email,
    Voice,
}

/// <summary>Who goes first on a line.</summary>
public enum Priority
{
    Reply = 0,
    Reminder = 1,
    Bulk = 2,
}

public enum OutboundState
{
    /// <summary>Waiting for its time or its next attempt.</summary>
    Queued,

    /// <summary>Handed to the provider, answer not yet recorded: to be looked up there before anything is sent again.</summary>
    Sending,

    /// <summary>The provider has it.</summary>
    Sent,

    /// <summary>It will not be sent; the code says why.</summary>
    Failed,
}

public enum DeliveryState
{
    Queued,
    Sent,
    Delivered,
    Undelivered,
    Failed,
}
