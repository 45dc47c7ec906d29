using Artera.Integration.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Artera.Integration.Data;

/// <summary>The database in SQLite: one node.</summary>
internal sealed class SqliteDb : IntegrationDb
{
    /// <summary>
    /// Marks a table whose newest row is never deleted: a new row's number is the highest plus one, and SQLite need not write
    /// down in another table which numbers it has ever given. (A default, which SQLite does not look at, is how EF Core is told.)
    /// </summary>
    public const string HighestPlusOne = "Artera:HighestPlusOne";

    public SqliteDb(DbContextOptions<SqliteDb> options)
        : base(options) =>
        Database.SetDbConnection(new LeasedSqlite(RelationalOptionsExtension.Extract(options).ConnectionString!), contextOwnsConnection: true);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var number in modelBuilder.Numbers())
            number.Metadata.SetValueGeneratorFactory((_, type) => new NextInSqlite(((IEntityType)type).GetTableName()!));
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.FindAnnotation(HighestPlusOne) is not null)
                entity.FindPrimaryKey()!.Properties[0].SetDefaultValueSql("NULL");
            foreach (var index in entity.GetIndexes().Where(index => index.FindAnnotation(Lane.Index) is not null).ToList())
                entity.RemoveIndex(index);
        }
    }
}
