using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Delivery.Links;

/// <summary>What links are signed with where the settings name no secret: one row, made with the first link.</summary>
public sealed class LinkKey
{
    public const int Only = 1;

    public required int Id { get; set; }

    public required byte[] Key { get; set; }

    private sealed class Row : IEntityTypeConfiguration<LinkKey>
    {
        public void Configure(EntityTypeBuilder<LinkKey> builder)
        {
            builder.Property(row => row.Id).ValueGeneratedNever();
            builder.Property(row => row.Key).HasMaxLength(64);
        }
    }
}
