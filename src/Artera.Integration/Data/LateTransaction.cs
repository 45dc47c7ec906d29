using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Artera.Integration.Data;

/// <summary>
/// A command that reads and decides much before it writes. Where there is one writer it asks for its turn when it begins to write, so that
/// nobody waits for its reading; when somebody else has written since it began what it has read, it is done over.
/// </summary>
internal interface IReadsFirst
{
    /// <summary>Told when it has its turn to write.</summary>
    long BeganToWrite { set; }
}

/// <summary>Somebody else has written what the command had read.</summary>
internal sealed class ReadTooEarlyException() : Exception("somebody else has written what was read");

/// <summary>The transaction of a command that reads first: it begins with the first write.</summary>
internal sealed class LateTransaction : IAsyncDisposable
{
    private readonly IntegrationDb db;
    private readonly WriteGate gate;
    private readonly IReadsFirst command;
    private readonly long before;
    private WriteGate.Turn turn;
    private IDbContextTransaction? transaction;

    public LateTransaction(IntegrationDb db, WriteGate gate, IReadsFirst command)
    {
        (this.db, this.gate, this.command, before) = (db, gate, command, gate.TurnsInLine);
        db.Late = this;
    }

    public async Task Begin(CancellationToken cancellation)
    {
        db.Late = null;
        turn = await gate.Enter(cancellation);
        if (turn.ComesAfterChangesOf(db.Footprint, before))
        {
            turn.WroteNothingOfOthers();
            throw new ReadTooEarlyException();
        }

        command.BeganToWrite = TimeProvider.System.GetTimestamp();
        transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Numbers.GoOnIn(transaction.TransactionId);
    }

    public async Task Commit(CancellationToken cancellation)
    {
        await transaction!.CommitAsync(cancellation);
        turn.Wrote(db.Footprint);
        db.Committed();
    }

    public async ValueTask DisposeAsync()
    {
        db.Late = null;
        if (transaction is not null)
            await transaction.DisposeAsync();
        turn.Dispose();
    }
}

/// <summary>What writes without being saved (<c>ExecuteUpdate</c>) begins the transaction, too.</summary>
internal sealed class BeginsToWrite : DbCommandInterceptor
{
    public static readonly BeginsToWrite Instance = new();

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not IntegrationDb db || eventData.CommandSource == CommandSource.SaveChanges)
            return result;
        db.Footprint.WroteUnseen();
        if (db.Late is { } late)
        {
            await late.Begin(cancellationToken);
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        }

        return result;
    }
}
