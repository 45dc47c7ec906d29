using System.Globalization;
using System.Text;
using System.Text.Unicode;

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
        var escape = (byte)delimiters.Escape;
        if (escape == 0 || !utf8.Contains(escape)) return Encoding.UTF8.GetString(utf8);

        var text = new StringBuilder(utf8.Length);
        var bytes = new List<byte>();
        while (!utf8.IsEmpty)
        {
            var at = utf8.IndexOf(escape);
            if (at != 0)
            {
                Flush(text, bytes, charset);
                text.Append(Encoding.UTF8.GetString(at < 0 ? utf8 : utf8[..at]));
                if (at < 0) break;
                utf8 = utf8[at..];
            }

            var length = utf8[1..].IndexOf(escape);
            var body = length < 0 ? default : utf8.Slice(1, length);
            if (length > 0 && (Bytes(body, bytes) || Replace(body, delimiters, text, bytes, charset)))
            {
                utf8 = utf8[(length + 2)..];
                continue;
            }

            // Only the character itself is literal: what follows may be a sequence of its own.
            Flush(text, bytes, charset);
            text.Append((char)escape);
            utf8 = utf8[1..];
        }

        Flush(text, bytes, charset);
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

    private static bool Bytes(ReadOnlySpan<byte> body, List<byte> bytes)
    {
        if (body[0] != 'X' || body.Length < 3 || body.Length % 2 == 0) return false;
        var hex = body[1..];
        foreach (var b in hex)
        {
            if (!char.IsAsciiHexDigit((char)b)) return false;
        }

        bytes.AddRange(Convert.FromHexString(hex));
        return true;
    }

    private static bool Replace(ReadOnlySpan<byte> body, in Hl7Delimiters delimiters, StringBuilder text, List<byte> bytes, Encoding charset)
    {
        var replacement = body.Length == 1 ? Delimiter((char)body[0], delimiters) : body[0] == '.' ? Formatting(body) : null;
        if (replacement is null && !IsLocalOrSwitch(body)) return false;
        Flush(text, bytes, charset);
        if (replacement is not null) text.Append(replacement);
        else text.Append(delimiters.Escape).Append(Encoding.UTF8.GetString(body)).Append(delimiters.Escape);
        return true;
    }

    private static string? Delimiter(char name, in Hl7Delimiters delimiters) => name switch
    {
        'F' => Text(delimiters.Field),
        'S' => Text(delimiters.Component, '^'),
        'T' => Text(delimiters.Subcomponent, '&'),
        'R' => Text(delimiters.Repetition, '~'),
        'E' => Text(delimiters.Escape),
        'P' => Text(delimiters.Truncation, '#'),
        'H' or 'N' => string.Empty,
        _ => null,
    };

    private static string Text(char delimiter, char usual = '\0') => (delimiter == '\0' ? usual : delimiter).ToString();

    private static string? Formatting(ReadOnlySpan<byte> body)
    {
        if (body.Length < 3) return null;
        Span<char> command = [char.ToLowerInvariant((char)body[1]), char.ToLowerInvariant((char)body[2])];
        var argument = body[3..].TrimStart((byte)' ').TrimStart((byte)'+');
        var count = 1;
        if (!argument.IsEmpty && !int.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count)) return null;
        count = Math.Clamp(count, 0, 99);
        return command switch
        {
            "br" or "ce" => "\n",
            "sp" => new('\n', count),
            "sk" => new(' ', count),
            "in" or "ti" or "fi" or "nf" => string.Empty,
            _ => null,
        };
    }

    // \Zxx\ is an agreement of the site's own.
    private static bool IsLocalOrSwitch(ReadOnlySpan<byte> body)
    {
        if (body[0] != 'Z') return false;
        foreach (var b in body)
        {
            if (!char.IsAsciiLetterOrDigit((char)b)) return false;
        }

        return true;
    }

    private static void Flush(StringBuilder text, List<byte> bytes, Encoding charset)
    {
        if (bytes.Count == 0) return;
        var run = bytes.ToArray();
        bytes.Clear();
        if (Utf8.IsValid(run)) text.Append(Encoding.UTF8.GetString(run));
        else text.Append((Hl7Charset.IsUtf8(charset) ? Hl7Charset.Windows1252 : charset).GetString(run));
    }
}
