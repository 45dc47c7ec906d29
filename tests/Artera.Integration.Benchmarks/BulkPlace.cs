using System.Data.Common;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Benchmarks;

/// <summary>A practice with the starting rules and many patients, in a SQLite file of its own that goes away.</summary>
internal sealed class BulkPlace : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("artera-bulk");
    private readonly WebApplication app;

    private BulkPlace(KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Database:ConnectionString", $"Data Source={Path.Combine(folder.FullName, "bulk.db")}"), new("Logs:Level", "Fatal"), .. settings]);
        builder.AddIntegration();
        app = builder.Build();
    }

    public IServiceProvider Services => app.Services;

    /// <param name="visits">One for each patient, from a week ahead on.</param>
    public static async Task<BulkPlace> Open(int patients, int visits, params KeyValuePair<string, string?>[] settings)
    {
        var place = new BulkPlace(settings);
        await place.app.Services.MigrateDatabase(CancellationToken.None);
        await place.Use(async (db, _) =>
        {
            var system = new HealthSystem { Name = "Test Health" };
            db.Add(system);
            await db.SaveChangesAsync();
            var practice = new Practice { HealthSystemId = system.Id, Name = "Maple Clinic", TimeZone = "America/New_York" };
            db.Add(practice);
            await db.SaveChangesAsync();
            db.Add(new Line { PracticeId = practice.Id, Number = "+12025550190", Name = "Desk" });
            db.Add(new Resource { Emr = Contents.Emr, Kind = ResourceKind.Location, ExternalId = "L1", Name = "Hall", PracticeId = practice.Id });
            await StartingTriggers.AddMissing(db, system.Id, CancellationToken.None);
            await db.SaveChangesAsync();
            await db.Database.OpenConnectionAsync();
            await Fill(db.Database.GetDbConnection(), patients, visits);
            return 0;
        });
        return place;
    }

    public async Task<T> Use<T>(Func<IntegrationDb, IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), scope.ServiceProvider);
    }

    public Task<T> Send<T>(IRequest<T> command) => Use(async (_, services) => await services.GetRequiredService<ISender>().Send(command));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static async Task Fill(DbConnection connection, int patients, int visits)
    {
        var sql = new Dialect(sqlite: true);
        var key = $"'P' || {sql.Padded("i", 7)}";
        await Filling.Insert(connection, sqlite: true, "Patient", patients, [("Emr", $"'{Contents.Emr}'"), ("ExternalId", key), ("Given", "'ANA'"), ("Family", "'SAMPLE'"), ("Sex", "'Female'"), ("Language", "'en'"), ("Version_SentAt", sql.At("0"))]);
        await Filling.Insert(connection, sqlite: true, "PatientIdentifier", patients, [("Emr", $"'{Contents.Emr}'"), ("ExternalId", key), ("PatientId", "i")]);
        await Filling.Insert(connection, sqlite: true, "ContactPoint", patients, [("PatientId", "i"), ("Tag", "'Cell'"), ("Address", "'+1202' || (1000000 + i)")]);
        if (visits == 0)
            return;
        await Filling.Insert(connection, sqlite: true, "Appointment", visits,
        [
            ("Emr", $"'{Contents.Emr}'"), ("ExternalId", $"'A' || {sql.Padded("i", 8)}"), ("Feed", "'siu'"), ("PatientId", "i"), ("PracticeId", "1"), ("LocationCode", "'L1'"), ("TypeCode", "'FOLLOWUP'"),
            ("StartsAt", "strftime('%Y-%m-%d %H:%M:%S', 'now', (700000 + i % 2592000) || ' seconds')"), ("BookedAt", "strftime('%Y-%m-%d %H:%M:%S', 'now', '-30 days')"),
            ("SystemStatus", "'Booked'"), ("SystemStatusAt", sql.At("0")), ("PatientStatus", "'Unconfirmed'"), ("Version_SentAt", sql.At("0")),
        ]);
    }
}
