using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>The database in SQL Server: several nodes.</summary>
internal sealed class SqlServerDb(DbContextOptions<SqlServerDb> options) : IntegrationDb(options)
{
    internal override string HoldLanes =>
        "SELECT [Number] AS [Value] FROM [Lane] WITH (UPDLOCK, READPAST, ROWLOCK, FORCESEEK) WHERE [Number] IN (SELECT CAST([value] AS int) FROM STRING_SPLIT({0}, ','))";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.CompareTextExactly("Latin1_General_100_BIN2");
        modelBuilder.QuoteFiltersInBrackets();
        foreach (var number in modelBuilder.Numbers())
            SqlServerPropertyBuilderExtensions.UseHiLo(number, Numbering.Sequence);
    }
}
