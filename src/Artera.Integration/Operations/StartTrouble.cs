using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Operations;

/// <summary>What keeps a server or a verb from starting and can be put right by its operator: said in a line, without a stack.</summary>
internal static class StartTrouble
{
    /// <summary>The line, or null for a fault of ours.</summary>
    public static string? InWords(Exception trouble) => trouble switch
    {
        StartRefusedException or DatabaseGoneException => trouble.Message,
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        InvalidDataException => $"{trouble.Message} {trouble.GetBaseException().Message}",
        InvalidOperationException when trouble.GetBaseException() is FormatException => trouble.Message,
        IOException or UnauthorizedAccessException => trouble.Message,
        DbException => $"The database cannot be used: {trouble.Message}",
        _ => null,
    };
}
