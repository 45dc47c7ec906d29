using System.Buffers;
using System.Globalization;
using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Inbound;

/// <summary>
/// The answer to several messages that came in one frame (HL7 v2 chapter 2 §2.10.3): a batch gets a batch of
/// acknowledgements, and messages one after the other get acknowledgements one after the other. Always one frame for
/// one frame: a sender that reads one answer would take a second for the answer to its next message.
/// </summary>
/// <param name="Enclosed">True when the messages came between BHS and BTS.</param>
/// <param name="Reference">The sender's batch control id (BHS-11, else FHS-11).</param>
/// <param name="ControlId">Our own batch control id.</param>
/// <param name="Problem">What does not add up, such as a count.</param>
internal sealed record BatchEnvelope(bool Enclosed, string Reference, string ControlId, Hl7Problem? Problem)
{
    public static BatchEnvelope For(Hl7Batch batch, ReadOnlySpan<byte> payload, string controlId)
    {
        var start = payload.IndexOfAny("BHS"u8[0], "F"u8[0], "M"u8[0]);
        var enclosed = start >= 0 && (payload[start..].StartsWith("BHS"u8) || payload[start..].StartsWith("FHS"u8));
        return new(enclosed, enclosed ? ReferenceOf(payload[start..]) : "", controlId, batch.Problems.Count > 0 ? batch.Problems[0] : null);
    }

    public byte[] Enclose(IEnumerable<byte[]> acknowledgements)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var count = 0;
        if (Enclosed)
            bytes.Write(Encoding.Latin1.GetBytes($"BHS|^~\\&|||||||||{ControlId}|{Reference}\r"));
        foreach (var acknowledgement in acknowledgements)
        {
            bytes.Write(acknowledgement);
            count++;
        }

        if (Enclosed)
            bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"BTS|{count}|{Problem?.Text}\r")));
        return bytes.WrittenSpan.ToArray();
    }

    // As it was sent, unless it would not survive our delimiters.
    private static string ReferenceOf(ReadOnlySpan<byte> header)
    {
        var end = header.IndexOfAny((byte)'\r', (byte)'\n');
        var fields = Encoding.Latin1.GetString(end < 0 ? header : header[..end]).Split((char)header[3]);
        return fields.Length > 10 && fields[10].AsSpan().IndexOfAny("|^~\\&") < 0 ? fields[10] : "";
    }
}
