using Artera.Integration.Data;
using Artera.Integration.Operations.Logs;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Operations;

/// <summary>
/// A machine that starts may have its servers up before its database. Until that answers, the process lives and is not ready,
/// and no MLLP port is open: senders keep what they have.
/// </summary>
internal static partial class WaitForDatabase
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <exception cref="StartRefusedException">The database answers and refuses: a setting is wrong, or the schema is not one that we know.</exception>
    public static async Task PrepareDatabase(this WebApplication app, string[] args, CancellationToken cancellation)
    {
        for (var prepared = false; !prepared;)
        {
            await app.AwaitDatabase(args, cancellation);
            try
            {
                await app.Services.PrepareSchema(cancellation);
                prepared = true;
            }
            catch (Exception gone) when (!IsOurOwn(app) && (gone is DatabaseGoneException || DatabaseReach.After(gone) is { MayLater: true }))
            {
                // It was there and has gone again.
                await Task.Delay(FirstPause, app.Services.GetRequiredService<TimeProvider>(), cancellation);
            }
        }
    }

    private static async Task AwaitDatabase(this WebApplication app, string[] args, CancellationToken cancellation)
    {
        if (await Look(app, cancellation) is not { Answers: false } first)
            return;

        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WaitForDatabase));
        var clock = app.Services.GetRequiredService<TimeProvider>();
        await using var meanwhile = Alive(args);
        await meanwhile.StartAsync(cancellation);
        var pause = FirstPause;
        for (var reach = first; !reach.Answers; reach = await Look(app, cancellation))
        {
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            LogWaiting(log, reach.Why, pause.TotalSeconds);
            await Task.Delay(pause, clock, cancellation);
        }

        await meanwhile.StopAsync(cancellation);
        LogThere(log);
    }

    /// <summary>A file of this machine, which is there or made.</summary>
    private static bool IsOurOwn(WebApplication app) => app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Sqlite;

    private static async Task<DatabaseReach> Look(WebApplication app, CancellationToken cancellation)
    {
        if (IsOurOwn(app))
            return new(true, true, "");
        await using var scope = app.Services.CreateAsyncScope();
        var reach = await DatabaseReach.Of(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), cancellation);
        return reach.Answers || reach.MayLater
            ? reach
            : throw new StartRefusedException($"The database refuses the connection ({reach.Why}). Check Database:ConnectionString; if the database is not there yet, run db migrate.");
    }

    /// <summary>Where the pages will be: what a probe asks, and nothing else.</summary>
    private static WebApplication Alive(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddLogs();
        builder.AddHttp();
        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Json(new { Status = "Healthy", Checks = new { } }));
        app.MapFallback("{*path}", () => Results.Json(new { Status = "Unhealthy", Checks = new { Database = "Unhealthy" } }, statusCode: StatusCodes.Status503ServiceUnavailable));
        return app;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be reached ({Why}): nothing is received until it can; next try in {Seconds} s")]
    private static partial void LogWaiting(ILogger log, string why, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database can be reached")]
    private static partial void LogThere(ILogger log);
}
