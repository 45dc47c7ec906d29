using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>The database in PostgreSQL: several nodes.</summary>
internal sealed class PostgreSqlDb(DbContextOptions<PostgreSqlDb> options) : IntegrationDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.CompareTextExactly("C");
        foreach (var number in modelBuilder.Numbers())
            NpgsqlPropertyBuilderExtensions.UseHiLo(number, Numbering.Sequence);
    }
}
