using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Resolves the escape sequences of one leaf.</summary>
internal struct Hl7Unescaping(Hl7Delimiters delimiters, Encoding charset, StringBuilder text)
{
    private const char Esc = '\u001B';

    private readonly Hl7Delimiters delimiters = delimiters;
    private readonly Encoding charset = charset;
    private readonly StringBuilder text = text;
    private List<byte>? bytes;
    private byte[]? charsetSwitch;
    private int switchedAt;

    public void Run(ReadOnlySpan<char> sent)
    {
        while (!sent.IsEmpty)
        {
            var at = sent.IndexOf(delimiters.Escape);
            if (at != 0)
            {
                Append(at < 0 ? sent : sent[..at]);
                if (at < 0) break;
                sent = sent[at..];
            }

            var length = sent[1..].IndexOf(delimiters.Escape);
            if (length > 0 && Resolve(sent.Slice(1, length)))
            {
                sent = sent[(length + 2)..];
                continue;
            }

            // Only the character itself is literal: what follows may be a sequence of its own.
            Append(sent[..1]);
            sent = sent[1..];
        }

        EndSwitch();
    }

    private bool Resolve(ReadOnlySpan<char> body)
    {
        switch (body[0])
        {
            case 'F' when body.Length == 1: return Append(delimiters.Field, '|');
            case 'S' when body.Length == 1: return Append(delimiters.Component, '^');
            case 'T' when body.Length == 1: return Append(delimiters.Subcomponent, '&');
            case 'R' when body.Length == 1: return Append(delimiters.Repetition, '~');
            case 'E' when body.Length == 1: return Append(delimiters.Escape, '\\');
            case 'P' when body.Length == 1: return Append(delimiters.Truncation, '#');
            case 'H' or 'N' when body.Length == 1: return Append([]);
            case '.' when Formatting(body[1..]) is { } formatting: return Append(formatting);
            case 'X' when Hex(body[1..]) is { Length: > 0 } hex:
                (bytes ??= []).AddRange(hex);
                return true;
            case 'C' or 'M' when Hex(body[1..]) is { Length: 2 or 3 } hex && IsKnown(hex):
                EndSwitch();
                (charsetSwitch, switchedAt) = (hex, text.Length);
                return true;
            case 'Z' when body.IndexOfAnyExcept(LocalNames) < 0:
                return Append(delimiters.Escape, '\\') && Append(body) && Append(delimiters.Escape, '\\');
            default: return false;
        }
    }

    private static ReadOnlySpan<char> LocalNames => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static string? Formatting(ReadOnlySpan<char> command)
    {
        if (command.Length < 2) return null;
        var argument = command[2..].TrimStart(' ');
        var count = 1;
        if (!argument.IsEmpty && !int.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count)) return null;
        count = Math.Clamp(count, 0, 99);
        Span<char> name = [char.ToLowerInvariant(command[0]), char.ToLowerInvariant(command[1])];
        return name switch
        {
            "br" or "ce" => "\n",
            "sp" => new('\n', count),
            "sk" => new(' ', count),
            "in" or "ti" or "fi" or "nf" => string.Empty,
            _ => null,
        };
    }

    private static byte[]? Hex(ReadOnlySpan<char> digits)
    {
        if (digits.Length % 2 != 0) return null;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) return null;
        }

        return Convert.FromHexString(digits);
    }

    private bool Append(char delimiter, char usual) => Append([delimiter == '\0' ? usual : delimiter]);

    private bool Append(ReadOnlySpan<char> chars)
    {
        EndBytes();
        text.Append(chars);
        return true;
    }

    // Several \X..\ in a row may be the bytes of one character.
    private readonly void EndBytes()
    {
        if (bytes is not { Count: > 0 }) return;
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
