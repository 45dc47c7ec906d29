using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// A message as it arrived, whatever it is. Two things are known of it and kept apart: what we made of it, and
/// what the sender was told.
/// </summary>
public sealed class InboxMessage
{
    /// <summary>Also the order of arrival.</summary>
    public long Id { get; private set; }

    public required string Feed { get; set; }

    public required Instant ReceivedAt { get; set; }

    /// <summary>The bytes between the frame characters.</summary>
    public required byte[] Raw { get; set; }

    /// <summary>MSH-10, or empty.</summary>
    public required string ControlId { get; set; }

    /// <summary>The message without MSH-7, hashed: tells a resend from a reused control id.</summary>
    public required long BodyHash { get; set; }

    /// <summary>MSH-9, such as <c>SIU^S12</c>, or empty.</summary>
    public required string Event { get; set; }

    /// <summary>The patient's identifier by the feed's mapping; messages of one patient are applied in order.</summary>
    public string? PatientKey { get; set; }

    /// <summary>The appointment's identifier by the feed's mapping, or an order's: see <see cref="SubjectKey"/>.</summary>
    public string? AppointmentKey { get; set; }

    /// <summary>Of the patient, or of the feed where the message names none.</summary>
    public int Lane { get; set; }

    public InboxState State { get; set; } = InboxState.Received;

    /// <summary>
    /// A stable word, such as <c>unknown-code</c>; causes that are alike group together. Of an applied message: what was
    /// left out of it because it could not be read, while the rest could not wait.
    /// </summary>
    public string? Cause { get; set; }

    /// <summary>Where: <c>SCH-25.1</c>.</summary>
    public string? CausePath { get; set; }

    /// <summary>The EMR's code that has no meaning, or the location that nobody owns.</summary>
    public string? CauseValue { get; set; }

    /// <summary>The table that lacks it.</summary>
    public string? CauseTable { get; set; }

    public int Attempts { get; set; }

    /// <summary>When a failed message is tried again.</summary>
    public Instant? RetryAt { get; set; }

    public Instant? SettledAt { get; set; }

    /// <summary>MSA-1 that the sender was given, or empty when it asked for none.</summary>
    public required string AckCode { get; set; }

    /// <summary>The acknowledgement as sent; a resend gets the same again.</summary>
    public byte[]? Ack { get; set; }

    /// <summary>False: the connection broke before the acknowledgement was written.</summary>
    public bool AckDelivered { get; set; } = true;

    /// <summary>What is odd about it without being wrong: <c>batch-counts-differ</c>, <c>control-id-reused</c> (known once it is applied).</summary>
    public string? Note { get; set; }

    /// <summary>
    /// It is applied long after it arrived, because only then somebody said what it means or asked for it: nobody is
    /// texted about the past.
    /// </summary>
    public bool Quiet { get; set; }

    /// <summary>How often the sender sent it again.</summary>
    public int Resends { get; set; }

    private sealed class Row : IEntityTypeConfiguration<InboxMessage>
    {
        public void Configure(EntityTypeBuilder<InboxMessage> builder)
        {
            builder.HasAnnotation(SqliteDb.HighestPlusOne, value: true);
            builder.Property(message => message.AckCode).HasMaxLength(2);
            builder.Property(message => message.Quiet).HasDefaultValue(false);
            builder.Property(message => message.Cause).HasMaxLength(40);
            builder.Property(message => message.CauseTable).HasMaxLength(80);
            // An empty control id says nothing: there the hash tells a resend, and only for a short while.
            builder.HasIndex(message => new { message.Feed, message.ControlId, message.BodyHash }).IsUnique().HasFilter("\"ControlId\" <> ''");
            builder.HasIndex(message => new { message.Feed, message.BodyHash, message.Id }).HasFilter("\"ControlId\" = ''");
            builder.HasIndex(message => new { message.State, message.Id }).HasFilter("\"State\" = 'Received'");
            builder.HasIndex(message => new { message.Lane, message.Id }).HasFilter("\"State\" = 'Received'").HasAnnotation(Data.Lane.Index, value: true);
            builder.HasIndex(message => new { message.State, message.Id }, "IX_InboxMessage_Failed").HasFilter("\"State\" = 'Failed'");
            // What waits for a person is counted by its cause: few rows of many, and none of what arrives.
            builder.HasIndex(message => new
            {
                message.State,
                message.Feed,
                message.Cause,
                message.CausePath,
                message.CauseValue,
                message.CauseTable,
                message.Id,
                message.RetryAt,
            }).HasFilter("\"State\" IN ('Held', 'Unmapped', 'Failed')");
            // Filed once it is settled: the sender does not wait for what only a person looks up.
            builder.HasIndex(message => new { message.Feed, message.State, message.Cause, message.Event, message.Id }).HasFilter("\"State\" <> 'Received'");
            builder.HasIndex(message => new { message.PatientKey, message.Id }).HasFilter("\"State\" <> 'Received'");
            builder.HasIndex(message => new { message.AppointmentKey, message.Id }).HasFilter("\"State\" <> 'Received'");
        }
    }
}

public enum InboxState
{
    /// <summary>Kept, acknowledged, not yet looked at.</summary>
    Received,

    Applied,

    /// <summary>Not for us, by the mapping's word.</summary>
    Ignored,

    /// <summary>For a location that no practice owns.</summary>
    Unmapped,

    /// <summary>An older version than what is known.</summary>
    Stale,

    /// <summary>A person must look.</summary>
    Held,

    /// <summary>Our trouble; tried again.</summary>
    Failed,

    /// <summary>A FHIR notification whose resources are still to be journalled, or asked for; looked at again at RetryAt.</summary>
    Waiting,

    /// <summary>Refused with a negative acknowledgement: not ours, or unreadable.</summary>
    Rejected,
}
