using System.Collections.Concurrent;
using System.Data.Common;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

/// <summary>
/// Kills a server, as far as its database can tell, around one of its writes to the outbound messages: the
/// write is lost (before) or kept (after), and nothing gets through from then on.
/// </summary>
internal sealed class PowerCut(int write, bool keepsIt) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public const int Never = -1;

    private readonly ConcurrentDictionary<DbTransaction, bool> touched = new();
    private readonly TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int writes;

    public Task Happened => happened.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void WireIn(IServiceCollection services) => services.ConfigureDatabase(options => options.AddInterceptors(this));

    public void Now() => happened.TrySetResult();

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Executing(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null && Writes(command))
            Written();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Executing(command);
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Dark();
        if (touched.ContainsKey(transaction))
            Writing();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (touched.TryRemove(transaction, out _))
            Written();
        return Task.CompletedTask;
    }

    private static bool Writes(DbCommand command) =>
        command.CommandText.Contains("UPDATE \"OutboundMessage\"", StringComparison.Ordinal)
        || command.CommandText.Contains("INTO \"OutboundMessage\"", StringComparison.Ordinal);

    private void Executing(DbCommand command)
    {
        Dark();
        if (!Writes(command))
            return;
        if (command.Transaction is { } transaction)
            touched.TryAdd(transaction, value: true);
        else
            Writing();
    }

    private void Writing()
    {
        if (Interlocked.Increment(ref writes) == write && !keepsIt)
            Now();
        Dark();
    }

    private void Written()
    {
        if (Volatile.Read(ref writes) == write && keepsIt)
            Now();
        Dark();
    }

    private void Dark()
    {
        if (happened.Task.IsCompleted)
            throw new InvalidOperationException("the power is cut");
    }
}
