using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>What a POST with an <c>Idempotency-Key</c> was answered, kept in the transaction that it made.</summary>
internal sealed class KeptAnswer
{
    public const int LongestKey = 200;

    public long Id { get; private set; }

    /// <summary>Whose key it is: two clients may choose the same.</summary>
    public required string Who { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of path and body: the same key for something else is a mistake.</summary>
    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }

    public string? ContentType { get; init; }

    public required byte[] Body { get; init; }

    public required Instant At { get; init; }

    private sealed class Row : IEntityTypeConfiguration<KeptAnswer>
    {
        public void Configure(EntityTypeBuilder<KeptAnswer> builder)
        {
            builder.Property(answer => answer.Key).HasMaxLength(LongestKey);
            builder.Property(answer => answer.RequestHash).HasMaxLength(32);
            builder.HasIndex(answer => new { answer.Who, answer.Key }).IsUnique();
            builder.HasIndex(answer => answer.At);
        }
    }
}
