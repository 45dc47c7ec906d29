using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Channels;

/// <summary>The conversation of one patient with one practice on one line; or of an unknown number, marked unverified.</summary>
public sealed class PatientChannel : INumbered
{
    public long Id { get; private set; }

    public required long LineId { get; set; }

    public required long PracticeId { get; set; }

    /// <summary>Null: nobody knows yet whose number it is.</summary>
    public long? PatientId { get; set; }

    /// <summary>The address last used, E.164 or e-mail.</summary>
    public required string Address { get; set; }

    public bool IsOpen { get; set; }

    public bool NeedsAction { get; set; }

    public Instant? OpenedAt { get; set; }

    public Instant LastLineAt { get; set; }

    public bool IsUnverified => PatientId is null;

    public void Open(Instant now)
    {
        if (!IsOpen)
            OpenedAt = now;
        IsOpen = true;
    }

    public void Close()
    {
        IsOpen = false;
        NeedsAction = false;
    }

    private sealed class Row : IEntityTypeConfiguration<PatientChannel>
    {
        public void Configure(EntityTypeBuilder<PatientChannel> builder)
        {
            builder.Ignore(channel => channel.IsUnverified);
            builder.HasIndex(channel => new { channel.PatientId, channel.LineId }).IsUnique();
            builder.HasIndex(channel => new { channel.LineId, channel.Address });
            // Two nodes may hear an unknown number at the same moment.
            builder.HasIndex(channel => new { channel.LineId, channel.Address }, "IX_PatientChannel_Unknown").IsUnique().HasFilter("\"PatientId\" IS NULL");
            builder.HasIndex(channel => new { channel.IsOpen, channel.LastLineAt, channel.Id });
            builder.HasIndex(channel => new { channel.PracticeId, channel.IsOpen, channel.LastLineAt, channel.Id });
            // What waits for a person, and is asked for all day: few of many.
            builder.HasIndex(channel => new { channel.IsOpen, channel.LastLineAt, channel.Id }, "IX_PatientChannel_NeedsAction").HasFilter("\"NeedsAction\"");
        }
    }
}
