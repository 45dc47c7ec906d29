using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Artera.Integration.Data;

/// <summary>The database in SQLite: one node.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options) : IntegrationDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var number in modelBuilder.Numbers())
            number.Metadata.SetValueGeneratorFactory((_, type) => new NextInSqlite(((IEntityType)type).GetTableName()!));
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var index in entity.GetIndexes().Where(index => index.FindAnnotation(Lane.Index) is not null).ToList())
                entity.RemoveIndex(index);
        }
    }
}
