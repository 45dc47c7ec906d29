namespace Artera.Integration.Mapping;

/// <summary>Codes that are kept as two values, the code and its words.</summary>
public static class StatedCodes
{
    /// <summary>What remains of a code and its words once this has been said.</summary>
    /// <param name="stated">What the message says.</param>
    /// <param name="code">The code known so far.</param>
    /// <param name="text">Its words.</param>
    public static (string? Code, string? Text) Over(this Stated<Coded> stated, string? code, string? text) =>
        stated.Select<(string?, string?)>(coded => (coded.Code, coded.Text)).Over((code, text));

    /// <summary>The code that is stated, or null.</summary>
    public static string? Code(this Stated<Coded> stated) => stated.HasValue ? stated.Value.Code : null;
}
