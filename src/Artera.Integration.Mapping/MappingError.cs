namespace Artera.Integration.Mapping;

/// <summary>What is wrong in a mapping file, and where.</summary>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">One sentence for the person who edits the file.</param>
/// <param name="Suggestion">What was probably meant, or null.</param>
public sealed record MappingError(string File, int Line, int Column, string Message, string? Suggestion = null)
{
    /// <summary><c>file:line:column: message, did you mean ...?</c></summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Message}{(Suggestion is null ? "" : $" (did you mean {Suggestion}?)")}";
}
