namespace Artera.Integration.Mapping.Values;

/// <summary>E-mail addresses in the places where feeds put them.</summary>
internal static class Emails
{
    /// <summary>The text when it has the form of an address, else null.</summary>
    public static string? Find(string text)
    {
        var address = text.Trim();
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            address = address[7..];
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && !address.AsSpan().ContainsAny(" \t<>") ? address : null;
    }
}
