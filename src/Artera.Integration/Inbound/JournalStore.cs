using System.Data.Common;
using Artera.Integration.Data;
using Artera.Integration.Data.Adding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>The journal's own connection: opened when needed, thrown away when something went wrong with it.</summary>
internal sealed class JournalStore(IServiceScopeFactory scopes, IOptions<InboundOptions> options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim busy = new(1, 1);
    private readonly List<InboxMessage> inserts = [];
    private readonly List<PlannedEntry> inserted = [];
    private bool[] isNew = [];
    private AsyncServiceScope? scope;
    private JournalSql? sql;
    private NewRows<InboxMessage>? rows;

    /// <summary>Keeps a batch. When this returns, it is on the disk; when it throws, some of it may be: a resend will tell.</summary>
    public async ValueTask Commit(JournalPlan plan, CancellationToken cancellation)
    {
        await busy.WaitAsync(cancellation);
        try
        {
            await Write(plan, cancellation);
        }
        catch
        {
            await Close();
            throw;
        }
        finally
        {
            busy.Release();
        }
    }

    /// <summary>A commit that is under way is waited for; it gives up by itself before we do.</summary>
    public async ValueTask DisposeAsync()
    {
        await busy.WaitAsync(options.Value.CommitPatience * 3);
        await Close();
    }

    private async ValueTask Write(JournalPlan plan, CancellationToken cancellation)
    {
        if (rows is null)
            await Open(cancellation);
        await FindUnnamed(plan, cancellation);
        if (await AddNew(plan, cancellation))
            await FindEarlier(plan, cancellation);
        if (plan.Firsts.Exists(first => first.Earlier is not null) || plan.Undelivered.Any())
            await Note(plan, cancellation);
    }

    /// <summary>True when some were there already.</summary>
    private async ValueTask<bool> AddNew(JournalPlan plan, CancellationToken cancellation)
    {
        inserts.Clear();
        inserted.Clear();
        foreach (var first in plan.Firsts)
        {
            if (first.Earlier is not null)
                continue;
            first.Message.Resends = first.Resends;
            inserts.Add(first.Message);
            inserted.Add(first);
        }

        if (inserts.Count == 0)
            return false;
        if (isNew.Length < inserts.Count)
            isNew = new bool[Math.Max(inserts.Count, options.Value.MostInOneCommit)];
        await rows!.Add(inserts, isNew, cancellation);
        return isNew.AsSpan(0, inserts.Count).Contains(value: false);
    }

    private async ValueTask FindEarlier(JournalPlan plan, CancellationToken cancellation)
    {
        for (var at = 0; at < inserted.Count; at++)
        {
            if (!isNew[at])
                inserted[at].Earlier = await Read(sql!.Find(inserts[at]), cancellation) ?? throw new InvalidOperationException("a message that was there is gone");
        }
    }

    // Without a control id only the body tells, and only for a while.
    private async ValueTask FindUnnamed(JournalPlan plan, CancellationToken cancellation)
    {
        foreach (var first in plan.Firsts)
        {
            if (first.Message.ControlId.Length == 0)
                first.Earlier = await Read(sql!.FindUnnamed(first.Message, time.Now() - Duration.FromTimeSpan(options.Value.ResendWindow)), cancellation);
        }
    }

    private async ValueTask Note(JournalPlan plan, CancellationToken cancellation)
    {
        await using var transaction = await sql!.Begin(cancellation);
        foreach (var first in plan.Firsts)
        {
            if (first.Earlier is { } earlier)
                await Execute(first.IsReadmitted ? sql.Readmit(earlier.Id, first.Message, first.Resends + 1) : sql.CountResends(earlier.Id, first.Resends + 1), transaction, cancellation);
        }

        foreach (var entry in plan.Undelivered)
            await Execute(sql.Undelivered(entry.Message), transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task Open(CancellationToken cancellation)
    {
        scope = scopes.CreateAsyncScope();
        var database = scope.Value.ServiceProvider.GetRequiredService<IntegrationDb>().Database;
        await database.OpenConnectionAsync(cancellation);
        var opened = database.GetDbConnection();
        opened.WaitForLocks(options.Value.CommitPatience);
        sql = new JournalSql(opened);
        rows = NewRows<InboxMessage>.By(opened, JournalTable.Messages, options.Value.CommitPatience);
    }

    private async ValueTask Close()
    {
        rows?.Dispose();
        if (scope is { } open)
            await open.DisposeAsync();
        (sql, rows, scope) = (null, null, null);
    }

    private static async ValueTask<EarlierRow?> Read(DbCommand find, CancellationToken cancellation)
    {
        await using (find)
        {
            await using var found = await find.ExecuteReaderAsync(cancellation);
            if (!await found.ReadAsync(cancellation))
                return null;
            var rejected = string.Equals(found.GetString(1), nameof(InboxState.Rejected), StringComparison.Ordinal);
            return new EarlierRow(found.GetInt64(0), rejected, found.IsDBNull(2) ? null : found.GetFieldValue<byte[]>(2));
        }
    }

    private static async Task Execute(DbCommand command, DbTransaction transaction, CancellationToken cancellation)
    {
        await using (command)
        {
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
