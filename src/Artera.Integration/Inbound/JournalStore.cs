using System.Data.Common;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>The journal's own connection: opened when needed, thrown away when something went wrong with it.</summary>
internal sealed class JournalStore(IServiceScopeFactory scopes, IOptions<InboundOptions> options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim busy = new(1, 1);
    private AsyncServiceScope? scope;
    private DbConnection? connection;
    private JournalSql? sql;

    /// <summary>Keeps a batch in one transaction. When this returns, it is on the disk.</summary>
    public async ValueTask<JournalPlan> Commit(IReadOnlyList<JournalEntry> batch, CancellationToken cancellation)
    {
        await busy.WaitAsync(cancellation);
        try
        {
            return await Write(batch, cancellation);
        }
        finally
        {
            busy.Release();
        }
    }

    public async ValueTask Close()
    {
        sql?.Dispose();
        if (scope is { } open)
            await open.DisposeAsync();
        (sql, connection, scope) = (null, null, null);
    }

    /// <summary>A commit that is under way is waited for; it gives up by itself before we do.</summary>
    public async ValueTask DisposeAsync()
    {
        await busy.WaitAsync(options.Value.CommitPatience * 3);
        await Close();
    }

    private async ValueTask<JournalPlan> Write(IReadOnlyList<JournalEntry> batch, CancellationToken cancellation)
    {
        if (connection is null)
            await Open(cancellation);
        await using var transaction = await connection!.BeginTransactionAsync(cancellation);
        var plan = new JournalPlan();
        await FindEarlier(plan, batch, transaction, cancellation);
        foreach (var entry in batch.Where(entry => !entry.Undelivered))
            plan.Add(entry);
        foreach (var message in plan.Inserts)
            await Execute(sql!.Insert(message), transaction, cancellation);
        foreach (var row in plan.Resent)
            await Once(sql!.CountResends(row.Id!.Value, row.Resends), transaction, cancellation);
        foreach (var row in plan.Readmitted)
            await Once(sql!.Readmit(row.Id!.Value, row.Readmitted!), transaction, cancellation);
        foreach (var entry in batch.Where(entry => entry.Undelivered))
            await Once(sql!.Undelivered(entry.Message), transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        return plan;
    }

    private async Task Open(CancellationToken cancellation)
    {
        scope = scopes.CreateAsyncScope();
        var database = scope.Value.ServiceProvider.GetRequiredService<IntegrationDb>().Database;
        await database.OpenConnectionAsync(cancellation);
        var opened = database.GetDbConnection();
        opened.WaitForLocks(options.Value.CommitPatience);
        sql = new JournalSql(opened);
        connection = opened;
    }

    private async Task FindEarlier(JournalPlan plan, IReadOnlyList<JournalEntry> batch, DbTransaction transaction, CancellationToken cancellation)
    {
        foreach (var feed in batch.Where(entry => !entry.Undelivered).Select(entry => entry.Message).GroupBy(message => message.Feed, StringComparer.Ordinal))
        {
            var controlIds = feed.Select(message => message.ControlId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
            if (controlIds.Count > 0)
                await Read(plan, feed.Key, sql!.Find(feed.Key, controlIds), transaction, cancellation);

            var since = time.Now() - Duration.FromTimeSpan(options.Value.ResendWindow);
            foreach (var unnamed in feed.Where(message => message.ControlId.Length == 0))
                await Read(plan, feed.Key, sql!.FindUnnamed(unnamed, since), transaction, cancellation);
        }
    }

    private static async Task Read(JournalPlan plan, string feed, DbCommand find, DbTransaction transaction, CancellationToken cancellation)
    {
        find.Transaction = transaction;
        await using var rows = await find.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var rejected = string.Equals(rows.GetString(3), nameof(InboxState.Rejected), StringComparison.Ordinal);
            var ack = rows.IsDBNull(4) ? null : rows.GetFieldValue<byte[]>(4);
            plan.Add(feed, rows.GetString(1), rows.GetInt64(2), new JournalPlan.Known(rows.GetInt64(0), rejected, ack));
        }
    }

    private static async Task Once(DbCommand command, DbTransaction transaction, CancellationToken cancellation)
    {
        await using (command)
            await Execute(command, transaction, cancellation);
    }

    private static Task<int> Execute(DbCommand command, DbTransaction transaction, CancellationToken cancellation)
    {
        command.Transaction = transaction;
        return command.ExecuteNonQueryAsync(cancellation);
    }
}
