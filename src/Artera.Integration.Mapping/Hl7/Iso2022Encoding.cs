using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// Text that changes its character set on the way by ISO 2022 escape sequences (HL7 v2 MSH-18 with repetitions or
/// ISO IR values, MSH-20). Writing uses the default set where it can and JIS X 0208 for the rest.
/// </summary>
internal sealed class Iso2022Encoding(Encoding high) : Encoding
{
    private static readonly Encoding Japanese = GetEncoding(50220);

    /// <summary>What bytes from 0x80 on mean until an escape sequence says otherwise.</summary>
    public Encoding High => high;

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Read(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetByteCount(char[] chars, int index, int count) => Write(chars.AsSpan(index, count)).Length;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        var written = Write(chars.AsSpan(charIndex, charCount));
        written.CopyTo(bytes, byteIndex);
        return written.Length;
    }

    public override int GetMaxByteCount(int charCount) => (charCount + 1) * 8;

    public override int GetMaxCharCount(int byteCount) => byteCount + 1;

    private string Read(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        var reader = new Iso2022Reader(bytes, high);
        while (reader.Next()) text.Append(reader.Text);
        return text.ToString();
    }

    private byte[] Write(ReadOnlySpan<char> chars)
    {
        if (Ascii.IsValid(chars)) return ASCII.GetBytes(chars.ToArray());
        var native = high.GetBytes(chars.ToArray());
        return !high.CodePage.Equals(932) && chars.SequenceEqual(high.GetString(native)) ? native : Japanese.GetBytes(chars.ToArray());
    }
}
