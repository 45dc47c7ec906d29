using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Artera.Integration.Tests.Harness;

/// <summary>Keeps the next statement of a kind waiting until somebody else has committed.</summary>
internal sealed class HeldUp : DbCommandInterceptor
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? beginning;

    public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Next(string statement) => beginning = statement;

    public void Release() => released.SetResult();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (beginning is { } waitedFor && command.CommandText.Contains(waitedFor, StringComparison.Ordinal)
            && Interlocked.CompareExchange(ref beginning, null, waitedFor) == waitedFor)
        {
            reached.SetResult();
            await released.Task;
        }

        return result;
    }
}
