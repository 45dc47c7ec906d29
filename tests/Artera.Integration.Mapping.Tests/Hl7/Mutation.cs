using System.Text;
using CsCheck;

namespace Artera.Integration.Mapping.Tests.Hl7;

/// <summary>Messages that went wrong on the way: pieces lost, doubled, swapped, overwritten with what parsers trip over.</summary>
internal static class Mutation
{
    private static readonly byte[][] Nasty =
    [
        "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "|"u8.ToArray(), "^"u8.ToArray(), "~"u8.ToArray(), "&"u8.ToArray(), "\\"u8.ToArray(),
        "\"\""u8.ToArray(), "\"\"^\"\""u8.ToArray(), "\\X0D\\"u8.ToArray(), "\\XC3\\"u8.ToArray(), "\\X"u8.ToArray(), "\\.sp99\\"u8.ToArray(), "\\.br"u8.ToArray(),
        "\\M2442\\"u8.ToArray(), "\\C2842\\"u8.ToArray(), "\\Z1\\"u8.ToArray(), "\\E\\"u8.ToArray(), "MSH|"u8.ToArray(), "MSH|^~\\&|"u8.ToArray(), "\rMSH|^~&|A"u8.ToArray(),
        "\rPID|1||7"u8.ToArray(), "\rMRG|9\r"u8.ToArray(), "\rRGS|1|D\r"u8.ToArray(), "\rORC|NW\r"u8.ToArray(), "\rBTS|3\r"u8.ToArray(), "FHS|"u8.ToArray(),
        "8859/1"u8.ToArray(), "UNICODE UTF-8"u8.ToArray(), "BIG-5"u8.ToArray(), "~ISO IR87"u8.ToArray(), "GB 18030-2000"u8.ToArray(), "UNICODE UTF-16"u8.ToArray(), "KS X 1001"u8.ToArray(),
        "AL"u8.ToArray(), "NE"u8.ToArray(), "2.3"u8.ToArray(), "99999999999999999999"u8.ToArray(), "00000000"u8.ToArray(), "-1"u8.ToArray(), "+0600"u8.ToArray(),
        [0x0B], [0x1C], [0x1C, 0x0D], [0x00], [0x1B], [0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42], [0x1B, 0x24, 0x28, 0x44], [0x7F], [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80],
        [0xFF], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xA4, 0x5C], [0xB3, 0x5C], [0x81, 0x30, 0x81, 0x30],
    ];

    private static readonly string[] Synthetic =
    [
        Sample.Booking,
        Sample.Booking.Replace("\r", "\r\n", StringComparison.Ordinal),
        Sample.Booking.Replace('\r', '\n'),
        Sample.Booking.Replace('|', '#').Replace('^', '*').Replace('~', '!').Replace('\\', '%').Replace('&', '?'),
        Sample.Lines(@"MSH|^~\&|A|B|C|D|20260101||ADT^A40^ADT_A39|2|P|2.3.1||||||8859/1", "EVN|A40|2026", "PID|1||7^^^H", "MRG|70^^^H", "PID|2||8", "MRG|80"),
        Sample.Lines("MSH|^~&|A|B|C|D|||ORM^O01|3|P|2.3|7||AL|AL", "PID|1||7", "ORC|NW|1", "OBR|1|||EYE^Exam", "NTE|1||in\none year", "ORC|CA|2"),
        Sample.Lines(@"MSH|^~\&#|A|B|C|D|||REF^I12|4|T|2.7", "RF1|A|R", "PRD|RP|One^Two", "PRD|RT~X|Three", @"NTE|1||a\T\b\.br\c\X41\\Q\"),
        Sample.Lines(@"FHS|^~\&|A", @"BHS|^~\&|A") + Sample.Booking + Sample.Booking + Sample.Lines("BTS|2", "FTS|1"),
        Sample.Lines(@"MSH|^~\&|A|B|C|D|20260101||||P|2.3|0"),
    ];

    private static readonly byte[][] Seeds = [.. Synthetic.Select(Encoding.UTF8.GetBytes), .. FromCorpus()];

    private static readonly Gen<byte[]> Seed = Gen.Int[0, Seeds.Length - 1].Select(index => Seeds[index]);

    private static readonly Gen<byte[]> Insert = Gen.OneOf(Gen.Int[0, Nasty.Length - 1].Select(index => Nasty[index]), Gen.Byte.Array[1, 4]);

    private static readonly Gen<(int Kind, double At, double Length, byte[] With, byte[] Other)> Step =
        Gen.Select(Gen.Int[0, 6], Gen.Double[0, 1], Gen.Double[0, 1], Insert, Seed);

    public static Gen<byte[]> Message { get; } = Gen.Select(Seed, Step.Array[0, 6]).Select((seed, steps) => steps.Aggregate(seed, Apply));

    private static byte[] Apply(byte[] message, (int Kind, double At, double Length, byte[] With, byte[] Other) step)
    {
        var at = (int)(step.At * message.Length);
        var end = at + (int)(step.Length * step.Length * step.Length * (message.Length - at));
        return step.Kind switch
        {
            0 => [.. message[..at], .. step.With, .. message[at..]],
            1 => [.. message[..at], .. step.With, .. message[Math.Min(at + step.With.Length, message.Length)..]],
            2 => [.. message[..at], .. message[end..]],
            3 => [.. message[..end], .. message[at..]],
            4 => message[..at],
            5 => [.. message[..at], .. step.Other[(int)(step.Length * step.Other.Length)..]],
            _ => [.. message[..at], .. Enumerable.Repeat(step.With, 1 + (int)(step.Length * 200)).SelectMany(bytes => bytes), .. message[at..]],
        };
    }

    private static IEnumerable<byte[]> FromCorpus() =>
        Corpus.Root() is { } root
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => !file.Contains("fhir", StringComparison.Ordinal) && Path.GetExtension(file) is not (".tsv" or ".md")).Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes).Where(bytes => bytes.Length < 6_000)
            : [];
}
