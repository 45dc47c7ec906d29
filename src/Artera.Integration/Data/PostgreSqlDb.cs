using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>The database in PostgreSQL: several nodes.</summary>
internal sealed class PostgreSqlDb(DbContextOptions<PostgreSqlDb> options) : IntegrationDb(options)
{
    /// <summary>
    /// How full a page of a table is made whose rows are claimed (percent): a claim then finds room beside its row, and none of the
    /// table's indexes is written for it.
    /// </summary>
    private const int RoomForClaims = 80;

    internal override string HoldLanes => """SELECT "Number" AS "Value" FROM "Lane" WHERE "Number" = ANY(string_to_array({0}, ',')::int[]) FOR UPDATE SKIP LOCKED""";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.CompareTextExactly("C");
        foreach (var number in modelBuilder.Numbers())
            NpgsqlPropertyBuilderExtensions.UseHiLo(number, Numbering.Sequence);
        foreach (var claimed in modelBuilder.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(DueRow))))
            claimed.SetStorageParameter("fillfactor", RoomForClaims);
    }
}
