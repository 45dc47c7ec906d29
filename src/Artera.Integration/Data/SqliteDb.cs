using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>The database in SQLite: one node.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options) : IntegrationDb(options);
