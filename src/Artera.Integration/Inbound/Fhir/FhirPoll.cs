using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>How far one of a feed's polls has come.</summary>
public sealed class FhirPoll
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    /// <summary>What is searched, as the settings name it.</summary>
    public required string Search { get; set; }

    /// <summary>All that the server had changed before is here. Null until the first poll has come to its end.</summary>
    public Instant? Watermark { get; set; }

    /// <summary>When to ask next.</summary>
    public Instant DueAt { get; set; }

    /// <summary>When it last came to its end.</summary>
    public Instant? EndedAt { get; set; }

    /// <summary>How often in a row it did not.</summary>
    public int Attempts { get; set; }

    /// <summary>Why not, such as <c>http-403</c>; null when all is well.</summary>
    public string? Trouble { get; set; }

    public Instant? TroubleSince { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirPoll>
    {
        public void Configure(EntityTypeBuilder<FhirPoll> builder) => builder.HasIndex(poll => new { poll.Feed, poll.Search }).IsUnique();
    }
}
