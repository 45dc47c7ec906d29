using Artera.Integration.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Data;

/// <summary>
/// Moves what SQLite has committed from its log into the database file, beside the writers instead of in the middle of
/// somebody's commit. Only when the log has grown do they wait a moment, so that it can start over.
/// </summary>
internal sealed partial class WalCheckpoint(WriteGate gate, IOptions<DatabaseOptions> options, ILogger<WalCheckpoint> log) : BackgroundService
{
    private const int ManyPages = 8000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Provider != DatabaseProvider.Sqlite)
            return;
        try
        {
            await CheckpointEvery(stoppingToken);
        }
        finally
        {
            // The last to stop, as it was the first to start.
            SqlitePool.End(options.Value.ConnectionString);
        }
    }

    private async Task CheckpointEvery(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        for (var seen = 0L; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            var turns = gate.Turns;
            if (turns == seen)
                continue;
            seen = turns;
            try
            {
                await Checkpoint(stoppingToken);
            }
            catch (SqliteException trouble)
            {
                LogTrouble(trouble.SqliteErrorCode);
            }
        }
    }

    private async Task Checkpoint(CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(options.Value.ConnectionString);
        await connection.OpenAsync(cancellation);
        if (await PagesInLog(connection, cancellation) < ManyPages)
            return;
        using var turn = await gate.Enter(cancellation);
        turn.WroteNothingOfOthers();
        await PagesInLog(connection, cancellation);
    }

    private static async Task<long> PagesInLog(SqliteConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(PASSIVE);";
        await using var result = await command.ExecuteReaderAsync(cancellation);
        return await result.ReadAsync(cancellation) ? result.GetInt64(1) : 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log could not be moved into the database file: SQLite error {Code}")]
    private partial void LogTrouble(int code);
}
