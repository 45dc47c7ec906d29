using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Artera.Integration.Data;

/// <summary>PostgreSQL's text holds every character but U+0000, which means nothing in a name or a message either: it is left out.</summary>
internal sealed class WithoutNul : DbCommandInterceptor
{
    public static readonly WithoutNul Instance = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        LeaveOut(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        LeaveOut(command);
        return ValueTask.FromResult(result);
    }

    public static string? LeaveOut(string? text) =>
        text is null || !text.Contains('\0', StringComparison.Ordinal) ? text : text.Replace("\0", "", StringComparison.Ordinal);

    private static void LeaveOut(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text)
                parameter.Value = LeaveOut(text);
        }
    }
}
