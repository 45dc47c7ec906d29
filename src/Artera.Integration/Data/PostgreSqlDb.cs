using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>The database in PostgreSQL: several nodes.</summary>
internal sealed class PostgreSqlDb(DbContextOptions<PostgreSqlDb> options) : IntegrationDb(options)
{
    internal override string HoldLane => """SELECT "Number" AS "Value" FROM "Lane" WHERE "Number" = {0} FOR UPDATE SKIP LOCKED""";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.CompareTextExactly("C");
        foreach (var number in modelBuilder.Numbers())
            NpgsqlPropertyBuilderExtensions.UseHiLo(number, Numbering.Sequence);
    }
}
