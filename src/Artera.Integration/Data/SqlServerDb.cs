using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>The database in SQL Server: several nodes.</summary>
internal sealed class SqlServerDb(DbContextOptions<SqlServerDb> options) : IntegrationDb(options)
{
    internal override string HoldLane => "SELECT [Number] AS [Value] FROM [Lane] WITH (UPDLOCK, READPAST, ROWLOCK) WHERE [Number] = {0}";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.CompareTextExactly("Latin1_General_100_BIN2");
        modelBuilder.QuoteFiltersInBrackets();
        foreach (var number in modelBuilder.Numbers())
            SqlServerPropertyBuilderExtensions.UseHiLo(number, Numbering.Sequence);
    }
}
