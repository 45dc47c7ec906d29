using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Escape sequences (HL7 v2 chapter 2 §2.7). Sequences that mean nothing here, and unfinished ones, stay as they are.</summary>
internal static class Hl7Escapes
{
    /// <summary>The text of a leaf: its escape sequences replaced once by what they stand for.</summary>
    /// <param name="utf8">The leaf as the message has it.</param>
    /// <param name="delimiters">The delimiters of the message.</param>
    /// <param name="charset">The charset of the message, in which <c>\X..\</c> bytes are that are not UTF-8.</param>
    public static string Unescape(ReadOnlySpan<byte> utf8, in Hl7Delimiters delimiters, Encoding charset)
    {
        var sent = Encoding.UTF8.GetString(utf8);
        if (delimiters.Escape == '\0' || !utf8.Contains((byte)delimiters.Escape)) return sent;
        var text = new StringBuilder(sent.Length);
        new Hl7Unescaping(delimiters, charset, text).Run(sent);
        return text.ToString();
    }

    /// <summary>A text as it may stand in a leaf: the escape character first, then delimiters, line ends and frame marks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="delimiters">The delimiters of the message. Without an escape character a delimiter becomes a blank.</param>
    public static string Escape(string text, in Hl7Delimiters delimiters)
    {
        StringBuilder? escaped = null;
        for (var i = 0; i < text.Length; i++)
        {
            var sequence = Sequence(text[i], delimiters);
            if (sequence is null)
            {
                escaped?.Append(text[i]);
                continue;
            }

            escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (delimiters.Escape == '\0') escaped.Append(' ');
            else escaped.Append(delimiters.Escape).Append(sequence).Append(delimiters.Escape);
        }

        return escaped?.ToString() ?? text;
    }

    private static string? Sequence(char c, in Hl7Delimiters delimiters) => c switch
    {
        '\r' => "X0D",
        '\n' => "X0A",
        '\v' => "X0B",
        '\u001C' => "X1C",
        '\0' => null,
        _ when c == delimiters.Escape => "E",
        _ when c == delimiters.Field => "F",
        _ when c == delimiters.Component => "S",
        _ when c == delimiters.Repetition => "R",
        _ when c == delimiters.Subcomponent => "T",
        _ when c == delimiters.Truncation => "P",
        _ => null,
    };
}
