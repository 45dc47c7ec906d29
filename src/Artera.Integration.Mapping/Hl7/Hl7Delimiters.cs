namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// The delimiters of one message, from its own MSH-1 and MSH-2 (HL7 v2 chapter 2 §2.5.4). A delimiter that the
/// message does not have is the character 0: a message of <c>^~&amp;</c> has no escape character, one of <c>^~</c> no subcomponents.
/// </summary>
/// <param name="Field">MSH-1, usually <c>|</c>.</param>
/// <param name="Component">Usually <c>^</c>.</param>
/// <param name="Repetition">Usually <c>~</c>.</param>
/// <param name="Escape">Usually <c>\</c>.</param>
/// <param name="Subcomponent">Usually <c>&amp;</c>.</param>
/// <param name="Truncation">From 2.7 on, usually <c>#</c>.</param>
public readonly record struct Hl7Delimiters(
    char Field, char Component, char Repetition, char Escape, char Subcomponent, char Truncation = '\0')
{
    /// <summary><c>|^~\&amp;</c>.</summary>
    public static Hl7Delimiters Standard => new('|', '^', '~', '\\', '&');

    /// <summary>MSH-2 as this message would write it.</summary>
    public string EncodingCharacters => string.Concat(
        [.. new[] { Component, Repetition, Escape, Subcomponent, Truncation }.Where(c => c != '\0')]);

    /// <summary>True when the character delimits something in this message.</summary>
    internal bool Contains(char c) => c == Field || c == Component || c == Repetition || c == Escape || c == Subcomponent || c == Truncation;

    /// <summary>Reads MSH-1 and MSH-2.</summary>
    /// <param name="field">The byte after <c>MSH</c>.</param>
    /// <param name="encoding">The bytes of MSH-2.</param>
    /// <param name="delimiters">What they say; the usual characters where they say nothing usable.</param>
    /// <returns>False when MSH-2 is missing, names a letter, digit or blank, or names a character twice.</returns>
    internal static bool TryRead(byte field, ReadOnlySpan<byte> encoding, out Hl7Delimiters delimiters)
    {
        // A sender that passed its configuration through JSON sends its backslash twice, or more often.
        Span<byte> once = stackalloc byte[Math.Min(encoding.Length, 8)];
        var length = 0;
        foreach (var b in encoding)
        {
            if (length == once.Length || (b == '\\' && length > 0 && once[length - 1] == '\\')) continue;
            once[length++] = b;
        }

        once = once[..length];
        delimiters = Usual((char)field);
        if (length is 0 or > 5 || !AreUsable(field, once)) return false;

        delimiters = (length, (char)once[^1]) switch
        {
            (3, '&') => new((char)field, (char)once[0], (char)once[1], '\0', '&'),
            _ => new((char)field, At(once, 0), At(once, 1), At(once, 2), At(once, 3), At(once, 4)),
        };
        return true;
    }

    // A sender whose field separator is one of the usual others has the usual one free to take its place.
    private static Hl7Delimiters Usual(char field)
    {
        var usual = Standard;
        return new(field, Other(usual.Component), Other(usual.Repetition), Other(usual.Escape), Other(usual.Subcomponent));

        char Other(char c) => c == field ? usual.Field : c;
    }

    internal static bool IsUsable(byte b) => b is > 0x20 and < 0x7F && !char.IsAsciiLetterOrDigit((char)b) && b != '"';

    private static bool AreUsable(byte field, ReadOnlySpan<byte> encoding)
    {
        for (var i = 0; i < encoding.Length; i++)
        {
            if (!IsUsable(encoding[i]) || encoding[i] == field || encoding[..i].Contains(encoding[i])) return false;
        }

        return true;
    }

    private static char At(ReadOnlySpan<byte> encoding, int index) => index < encoding.Length ? (char)encoding[index] : '\0';
}
