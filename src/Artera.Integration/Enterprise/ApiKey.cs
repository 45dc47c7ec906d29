using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Enterprise;

/// <summary>A machine client. The secret is shown once and kept as its SHA-256.</summary>
public sealed class ApiKey
{
    public long Id { get; private set; }

    public required string Name { get; set; }

    public required Role Role { get; set; }

    public required byte[] SecretHash { get; set; }

    public required Instant CreatedAt { get; set; }

    public Instant? RevokedAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> builder)
        {
            builder.HasIndex(key => key.Name).IsUnique();
            builder.Property(key => key.SecretHash).HasMaxLength(32);
            builder.HasIndex(key => key.SecretHash).IsUnique();
        }
    }
}

public enum Role
{
    Staff,
    Manager,
    Enterprise,
}
