using System.Text;

namespace Artera.Integration.Web.Api;

/// <summary>Bytes of a message as text to look at: UTF-8 where they are, Latin-1 where they are not.</summary>
internal static class MessageText
{
    private const int NameLength = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string? Of(byte[]? bytes)
    {
        if (bytes is null)
            return null;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    public static IReadOnlyList<string> Segments(string text) =>
        text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>False for FHIR: its lines are no segments.</summary>
    public static bool IsHl7(string text) => text.StartsWith("MSH", StringComparison.Ordinal);

    public static string Name(string segment) => segment[..Math.Min(NameLength, segment.Length)];

    public static string Rest(string segment) => segment[Math.Min(NameLength, segment.Length)..];
}
