using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Patients;

public sealed class Patient : INumbered
{
    public long Id { get; private set; }

    public required string Emr { get; set; }

    /// <summary>The identifier that the EMR knows the patient by today; former ones are aliases.</summary>
    public required string ExternalId { get; set; }

    public string? Given { get; set; }

    public string? Family { get; set; }

    public string? Preferred { get; set; }

    public LocalDate? Born { get; set; }

    public Sex Sex { get; set; }

    /// <summary>BCP-47; null when the EMR has not said.</summary>
    public string? Language { get; set; }

    public bool Deceased { get; set; }

    public bool DoNotContact { get; set; }

    /// <summary>Opted out of texts in the EMR; what the patient texted to a line is kept apart from it.</summary>
    public bool NoTexts { get; set; }

    public bool NoEmails { get; set; }

    public bool NoCalls { get; set; }

    /// <summary><c>sms</c>, <c>email</c> or <c>voice</c>.</summary>
    public string? PreferredMedium { get; set; }

    /// <summary>The newest message that spoke of the patient.</summary>
    public MessageVersion Version { get; set; } = MessageVersion.None;

    public List<ContactPoint> ContactPoints { get; } = [];

    public string? Address(ContactTag tag) => ContactPoints.Find(point => point.Tag == tag)?.Address;

    private sealed class Row : IEntityTypeConfiguration<Patient>
    {
        public void Configure(EntityTypeBuilder<Patient> builder)
        {
            builder.HasIndex(patient => new { patient.Emr, patient.ExternalId });
            builder.HasIndex(patient => new { patient.Family, patient.Given });
            builder.ComplexProperty(patient => patient.Version);
            builder.HasMany(patient => patient.ContactPoints).WithOne().HasForeignKey(point => point.PatientId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
