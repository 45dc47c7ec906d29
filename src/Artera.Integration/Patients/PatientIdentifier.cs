using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Patients;

/// <summary>An identifier of the EMR and whom it stands for; after a merge the losing identifier is an alias of the survivor.</summary>
public sealed class PatientIdentifier
{
    public long Id { get; private set; }

    public required string Emr { get; set; }

    public required string ExternalId { get; set; }

    public required long PatientId { get; set; }

    private sealed class Row : IEntityTypeConfiguration<PatientIdentifier>
    {
        public void Configure(EntityTypeBuilder<PatientIdentifier> builder)
        {
            builder.HasIndex(identifier => new { identifier.Emr, identifier.ExternalId }).IsUnique();
            builder.HasIndex(identifier => identifier.PatientId);
            builder.HasOne<Patient>().WithMany().HasForeignKey(identifier => identifier.PatientId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
