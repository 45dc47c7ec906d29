using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Enterprise;

/// <summary>The enterprise: one health system, the tenant.</summary>
public sealed class HealthSystem : ISetting
{
    public long Id { get; private set; }

    public required string Name { get; set; }

    /// <summary>BCP-47; the language that every text has.</summary>
    public string BaseLanguage { get; set; } = "en";

    /// <summary>Patients with this family name are messaged only at numbers on the allow-list.</summary>
    public string TestFamilyName { get; set; } = "ZTest";

    public List<string> TestNumbers { get; set; } = [];

    private sealed class Row : IEntityTypeConfiguration<HealthSystem>
    {
        public void Configure(EntityTypeBuilder<HealthSystem> builder)
        {
            builder.HasIndex(system => system.Name).IsUnique();
            builder.Property(system => system.TestNumbers).AsJson();
        }
    }
}
