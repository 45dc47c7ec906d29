using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Patients;

/// <summary>One way to reach a patient; at most one a tag.</summary>
public sealed class ContactPoint
{
    public long Id { get; private set; }

    public long PatientId { get; set; }

    public required ContactTag Tag { get; set; }

    /// <summary>A phone in E.164, or an e-mail address.</summary>
    public required string Address { get; set; }

    /// <summary>Known not to be a mobile, or not to be a mailbox: the provider said so.</summary>
    public bool Landline { get; set; }

    private sealed class Row : IEntityTypeConfiguration<ContactPoint>
    {
        public void Configure(EntityTypeBuilder<ContactPoint> builder)
        {
            builder.HasIndex(point => new { point.PatientId, point.Tag }).IsUnique();
            builder.HasIndex(point => point.Address);
        }
    }
}

public enum ContactTag
{
    Cell,
    Home,
    Work,
    Email,
}
