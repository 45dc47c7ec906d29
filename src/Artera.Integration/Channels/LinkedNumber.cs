using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Channels;

/// <summary>A number that the EMR does not know and of which staff said whose it is: the next text from it is that patient's.</summary>
public sealed class LinkedNumber
{
    public long Id { get; private set; }

    public required long LineId { get; set; }

    /// <summary>E.164.</summary>
    public required string Number { get; set; }

    public required long PatientId { get; set; }

    private sealed class Row : IEntityTypeConfiguration<LinkedNumber>
    {
        public void Configure(EntityTypeBuilder<LinkedNumber> builder)
        {
            builder.HasIndex(linked => new { linked.Number, linked.LineId }).IsUnique();
            builder.HasIndex(linked => linked.PatientId);
            builder.HasOne<Patient>().WithMany().HasForeignKey(linked => linked.PatientId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
