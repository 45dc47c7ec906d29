using System.Globalization;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>An acknowledgement as the sending side reads it (HL7 v2 chapter 2 §2.14.8 MSA, §2.14.5 ERR).</summary>
/// <param name="Code">MSA-1.</param>
/// <param name="ControlId">MSA-2: the MSH-10 of the message answered; must be that of the message in flight.</param>
/// <param name="Text">MSA-3, else ERR-8, ERR-7 or the text of the error code; null when it says nothing.</param>
/// <param name="ErrorCode">Table 0357 from ERR-3.1, ERR-1 or MSA-6.1; null when there is none. 206 (record locked) will pass.</param>
/// <param name="ExpectedSequence">MSA-4.</param>
public sealed record AckReply(AckCode Code, string ControlId, string? Text, int? ErrorCode, long? ExpectedSequence)
{
    private static readonly Hl7Path[] ErrorCodePaths = [.. Paths("ERR-3.1", "ERR-1.4.1", "MSA-6.1")];
    private static readonly Hl7Path[] TextPaths = [.. Paths("MSA-3", "ERR-8", "ERR-7", "ERR-3.2", "ERR-1.4.2")];

    /// <summary>True for AA and CA.</summary>
    public bool IsAccepted => Code is AckCode.AA or AckCode.CA;

    /// <summary>Reads a reply.</summary>
    /// <param name="bytes">The payload of the frame.</param>
    /// <returns>The reply; null when this is no acknowledgement.</returns>
    public static AckReply? TryRead(ReadOnlyMemory<byte> bytes)
    {
        if (Hl7Message.TryRead(bytes, out _) is not { } message || message.Whole.Segment("MSA") is not { } msa) return null;
        if (Read(msa.Field(1).Text.Trim()) is not { } code) return null;

        return new(
            code,
            System.Text.Encoding.UTF8.GetString(msa.Repetitions(2).Raw),
            First(message, TextPaths) is { Length: > 0 } text ? text : null,
            int.TryParse(First(message, ErrorCodePaths), NumberStyles.None, CultureInfo.InvariantCulture, out var error) ? error : null,
            long.TryParse(msa.Field(4).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var expected) ? expected : null);
    }

    private static AckCode? Read(string code) => code.ToUpperInvariant() switch
    {
        "AA" => AckCode.AA,
        "AE" => AckCode.AE,
        "AR" => AckCode.AR,
        "CA" => AckCode.CA,
        "CE" => AckCode.CE,
        "CR" => AckCode.CR,
        _ => null,
    };

    private static string First(Hl7Message message, Hl7Path[] paths)
    {
        foreach (var path in paths)
        {
            if (message.Get(path) is { HasValue: true } value) return value.Text.Trim();
        }

        return string.Empty;
    }

    private static IEnumerable<Hl7Path> Paths(params string[] paths) => paths.Select(Hl7Path.Parse);
}
