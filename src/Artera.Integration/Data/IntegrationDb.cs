using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Data;

/// <summary>The one database. Each room brings the configuration of its own rows and its own set properties.</summary>
public sealed class IntegrationDb(DbContextOptions<IntegrationDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IntegrationDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantAsUtc>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateAsDate>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<string>().HaveMaxLength(200);
    }
}
