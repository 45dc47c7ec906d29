using System.Buffers;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// Builds acknowledgements (HL7 v2 chapter 2 §2.9.2, §2.14 MSA and ERR): sender and receiver swapped, the sender's
/// delimiters, charset, version and processing id, its control id byte for byte, errors in the shape of its version.
/// </summary>
public sealed record Acknowledgement
{
    /// <summary>MSA-1.</summary>
    public required AckCode Code { get; init; }

    /// <summary>MSH-10 of the acknowledgement itself; unique, at most 20 characters for old receivers.</summary>
    public required string ControlId { get; init; }

    /// <summary>MSH-7.</summary>
    public required OffsetDateTime SentAt { get; init; }

    /// <summary>What is wrong, for ERR, and its first for MSA-3 too; empty when nothing is.</summary>
    public IReadOnlyList<Hl7Problem> Problems { get; init; } = [];

    /// <summary>MSA-4, the sequence number expected next, in answer to a start-up message (§2.10.1); else null.</summary>
    public long? ExpectedSequence { get; init; }

    /// <summary>True for an application acknowledgement sent as a message of its own: it asks to be accepted in turn (MSH-15 AL, MSH-16 NE).</summary>
    public bool Deferred { get; init; }

    /// <summary>Writes the acknowledgement, segments ended by CR, without a frame.</summary>
    /// <param name="inbound">The message acknowledged; null when its header could not be read, so that MSA-2 stays empty.</param>
    public byte[] Write(Hl7Message? inbound)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        var delimiters = inbound?.Delimiters ?? Hl7Delimiters.Standard;
        var version = Hl7Version.Of(inbound is { Version.Length: > 0 } ? inbound.Version : Hl7Version.Assumed);
        WriteHeader(new(bytes, delimiters), inbound, version);
        WriteMsa(new(bytes, delimiters), inbound);
        if (version < 250) WriteErrors(new(bytes, delimiters));
        else foreach (var problem in Problems) WriteError(new(bytes, delimiters), problem);
        return inbound is { Text.IsWide: true }
            ? Encoding.Convert(Encoding.UTF8, inbound.Charset, bytes.WrittenSpan.ToArray())
            : bytes.WrittenSpan.ToArray();
    }

    private void WriteHeader(AckSegment msh, Hl7Message? inbound, int version)
    {
        var encoding = inbound is null ? default : inbound.HeaderBytes(2);
        var echoed = Hl7Delimiters.TryRead((byte)msh.Delimiters.Field, encoding, out _);
        msh.Begin("MSH"u8);
        msh.Add(2, echoed ? encoding : Encoding.ASCII.GetBytes(msh.Delimiters.EncodingCharacters));
        Echo(3, 5);
        Echo(4, 6);
        Echo(5, 3);
        Echo(6, 4);
        msh.Add(7, AckTime.Of(SentAt, msh.Delimiters));
        msh.Add(9, MessageType(msh.Delimiters, inbound?.TriggerEvent ?? string.Empty, version));
        msh.AddText(10, ControlId);
        Echo(11, 11, "P");
        Echo(12, 12, Hl7Version.Assumed);
        if (Deferred)
        {
            msh.Add(15, "AL");
            msh.Add(16, "NE");
        }

        Echo(18, 18);
        msh.End();

        void Echo(int to, int from, string otherwise = "")
        {
            if (inbound is null || (otherwise.Length > 0 && inbound.Segments[0].Field(from).Text.Length == 0)) msh.AddText(to, otherwise);
            else msh.Add(to, inbound.HeaderBytes(from));
        }
    }

    private void WriteMsa(AckSegment msa, Hl7Message? inbound)
    {
        msa.Begin("MSA"u8);
        msa.Add(1, Code.ToString());
        if (inbound is not null) msa.Add(2, inbound.HeaderBytes(10));
        msa.AddText(3, Problems.Count > 0 ? Problems[0].Text : string.Empty);
        msa.AddText(4, ExpectedSequence?.ToString(CultureInfo.InvariantCulture) ?? string.Empty);
        msa.End();
    }

    /// <summary>Up to 2.4 one segment, and ERR-1 repeats.</summary>
    private void WriteErrors(AckSegment err)
    {
        var d = err.Delimiters;
        if (Problems.Count == 0) return;
        // A sender without repetitions is told the first.
        var told = d.Repetition == '\0' ? Problems.Take(1) : Problems;
        err.Begin("ERR"u8);
        err.Add(1, string.Join(d.Repetition, told.Select(problem =>
        {
            var (code, meaning) = Coded(problem, d);
            var coded = d.Subcomponent == '\0' ? code : $"{code}{d.Subcomponent}{meaning}{d.Subcomponent}HL70357";
            return $"{problem.Segment}{d.Component}{(problem.Segment is null ? string.Empty : "1")}{d.Component}{problem.Field}{d.Component}{coded}";
        })));
        err.End();
    }

    /// <summary>From 2.5 a segment each: location, code of table 0357, severity, words.</summary>
    private void WriteError(AckSegment err, Hl7Problem problem)
    {
        var d = err.Delimiters;
        var (code, meaning) = Coded(problem, d);
        err.Begin("ERR"u8);
        err.Add(2, problem.Segment is null ? string.Empty : $"{problem.Segment}{d.Component}1{d.Component}{problem.Field}".TrimEnd(d.Component));
        err.Add(3, $"{code}{d.Component}{meaning}{d.Component}HL70357");
        err.Add(4, Code is AckCode.AA or AckCode.CA ? "W" : "E");
        err.AddText(8, problem.Text);
        err.End();
    }

    private static (string Code, string Meaning) Coded(Hl7Problem problem, in Hl7Delimiters delimiters) =>
        (problem.Code.ToString(CultureInfo.InvariantCulture), Hl7Escapes.Escape(ErrorCodes.Meaning(problem.Code), delimiters));

    private static string MessageType(in Hl7Delimiters delimiters, string trigger, int version)
    {
        if (trigger.Length == 0 || version < 230) return "ACK";
        var escaped = Hl7Escapes.Escape(trigger, delimiters);
        return version < 231 ? $"ACK{delimiters.Component}{escaped}" : $"ACK{delimiters.Component}{escaped}{delimiters.Component}ACK";
    }
}
