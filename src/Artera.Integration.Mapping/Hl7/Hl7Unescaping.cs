using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Resolves the escape sequences of one leaf.</summary>
internal sealed class Hl7Unescaping(Hl7Delimiters delimiters, Encoding charset)
{
    private const char Esc = '\u001B';

    private readonly StringBuilder text = new();
    private readonly List<byte> bytes = [];
    private byte[]? charsetSwitch;
    private int switchedAt;

    public string Run(ReadOnlySpan<byte> utf8)
    {
        var escape = (byte)delimiters.Escape;
        while (!utf8.IsEmpty)
        {
            var at = utf8.IndexOf(escape);
            if (at != 0)
            {
                Append(at < 0 ? utf8 : utf8[..at]);
                if (at < 0) break;
                utf8 = utf8[at..];
            }

            var length = utf8[1..].IndexOf(escape);
            if (length > 0 && Resolve(utf8.Slice(1, length)))
            {
                utf8 = utf8[(length + 2)..];
                continue;
            }

            // Only the character itself is literal: what follows may be a sequence of its own.
            Append(utf8[..1]);
            utf8 = utf8[1..];
        }

        EndSwitch();
        return text.ToString();
    }

    private bool Resolve(ReadOnlySpan<byte> body)
    {
        switch ((char)body[0])
        {
            case 'X' when Hex(body[1..]) is { Length: > 0 } hex:
                bytes.AddRange(hex);
                return true;
            case 'C' or 'M' when Hex(body[1..]) is { Length: 2 or 3 } hex && IsKnown(hex):
                EndSwitch();
                (charsetSwitch, switchedAt) = (hex, text.Length);
                return true;
            case 'Z' when Ascii.IsValid(body) && body.IndexOfAny((byte)' ', (byte)'.') < 0:
                Append(Encoding.ASCII.GetBytes($"{delimiters.Escape}{Encoding.ASCII.GetString(body)}{delimiters.Escape}"));
                return true;
            default:
                var replacement = body.Length == 1 ? Delimiter((char)body[0]) : body[0] == '.' ? Formatting(body) : null;
                if (replacement is not null) Append(Encoding.UTF8.GetBytes(replacement));
                return replacement is not null;
        }
    }

    private string? Delimiter(char name) => name switch
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
        var argument = body[3..].TrimStart((byte)' ');
        var count = 1;
        if (!argument.IsEmpty && !int.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count)) return null;
        count = Math.Clamp(count, 0, 99);
        Span<char> command = [char.ToLowerInvariant((char)body[1]), char.ToLowerInvariant((char)body[2])];
        return command switch
        {
            "br" or "ce" => "\n",
            "sp" => new('\n', count),
            "sk" => new(' ', count),
            "in" or "ti" or "fi" or "nf" => string.Empty,
            _ => null,
        };
    }

    private static byte[]? Hex(ReadOnlySpan<byte> digits)
    {
        if (digits.Length % 2 != 0) return null;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return null;
        }

        return Convert.FromHexString(digits);
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        EndBytes();
        text.Append(Encoding.UTF8.GetString(utf8));
    }

    // Several \X..\ in a row may be the bytes of one character.
    private void EndBytes()
    {
        if (bytes.Count == 0) return;
        var run = bytes.ToArray();
        bytes.Clear();
        var encoding = Utf8.IsValid(run) ? Encoding.UTF8 : Hl7Charset.IsUtf8(charset) ? Hl7Charset.Windows1252 : charset;
        text.Append(encoding.GetString(run));
    }

    private static bool IsKnown(byte[] sequence) => !Switched(sequence, []).Contains(Esc, StringComparison.Ordinal);

    private static string Switched(byte[] sequence, byte[] text) =>
        new Iso2022Encoding(Hl7Charset.Windows1252).GetString([(byte)Esc, .. sequence, .. text]);

    private void EndSwitch()
    {
        EndBytes();
        if (charsetSwitch is null) return;
        var span = text.ToString(switchedAt, text.Length - switchedAt);
        if (Ascii.IsValid(span)) text.Remove(switchedAt, span.Length).Append(Switched(charsetSwitch, Encoding.ASCII.GetBytes(span)));
        charsetSwitch = null;
    }
}
