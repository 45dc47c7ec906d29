using System.Globalization;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// The messages of a batch file or payload (HL7 v2 chapter 2 §2.10.3): <c>[FHS] {[BHS] {messages} [BTS]} [FTS]</c>,
/// or simply one MSH after the other. Nothing is dropped because of a wrong or missing trailer; it is reported.
/// </summary>
public sealed class Hl7Batch
{
    private const int MostProblems = 100;

    private readonly List<ReadOnlyMemory<byte>> messages = [];
    private readonly List<Hl7Problem> problems = [];
    private bool inFile;
    private bool inBatch;
    private int before;
    private int batchesBefore;

    private Hl7Batch()
    {
    }

    /// <summary>Each message as its own bytes, in the order of the file; slices of the file, not copies.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages => messages;

    /// <summary>What does not add up: counts that differ (BTS-1, FTS-1), a header whose trailer is missing, text that belongs to no message. At most a hundred.</summary>
    public IReadOnlyList<Hl7Problem> Problems => problems;

    /// <summary>How many BHS segments there are.</summary>
    public int Batches { get; private set; }

    /// <summary>Splits a file or payload. A single message is a batch of one.</summary>
    /// <param name="file">The bytes. Lines end in CR, LF or CRLF; a line that begins no message, batch or file is data of the message before it.</param>
    public static Hl7Batch Read(ReadOnlyMemory<byte> file)
    {
        var batch = new Hl7Batch();
        var lines = new Hl7BatchLines(file.Span);
        lines.Next();
        if (lines.HasTextSince(0)) batch.Report(100, "text before the first segment");
        while (lines.Mark != Hl7BatchMark.End)
        {
            var (mark, start) = (lines.Mark, lines.Start);
            var line = lines.Line;
            if (mark != Hl7BatchMark.MSH) batch.Note(mark, line);
            lines.Next();
            if (mark == Hl7BatchMark.MSH) batch.messages.Add(Unframed(file[start..lines.Start]));
            else if (lines.HasTextSince(start + line.Length)) batch.Report(100, $"text after {mark} that begins no message");
        }

        batch.Close(null);
        if (batch.inFile) batch.Report(101, "FHS without FTS", "FTS");
        return batch;
    }

    private void Note(Hl7BatchMark mark, ReadOnlySpan<byte> line)
    {
        if (mark == Hl7BatchMark.BTS)
        {
            inBatch = false;
            Close(Count(line));
            return;
        }

        Close(null);
        switch (mark)
        {
            case Hl7BatchMark.FHS:
                if (inFile) Report(101, "FHS without FTS", "FTS");
                (inFile, batchesBefore) = (true, Batches);
                break;
            case Hl7BatchMark.FTS:
                inFile = false;
                var found = Math.Max(Batches - batchesBefore, 1);
                if (Count(line) is { } stated && stated != found) Report(207, $"FTS-1 says {stated}, batches found: {found}", "FTS", 1);
                break;
            default:
                inBatch = true;
                Batches++;
                break;
        }
    }

    private void Close(int? stated)
    {
        var found = messages.Count - before;
        if (stated is not null && stated != found) Report(207, $"BTS-1 says {stated}, messages found: {found}", "BTS", 1);
        if (stated is null && inBatch) Report(101, "BHS without BTS", "BTS");
        (inBatch, before) = (false, messages.Count);
    }

    private void Report(int code, string text, string? segment = null, int? field = null)
    {
        if (problems.Count < MostProblems) problems.Add(new(code, text, segment, field));
    }

    private static int? Count(ReadOnlySpan<byte> line)
    {
        if (line.Length < 5) return null;
        var text = line[4..];
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return int.TryParse(digits < 0 ? text : text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    // A file made from a capture may still have the marks of frames between its messages.
    private static ReadOnlyMemory<byte> Unframed(ReadOnlyMemory<byte> message)
    {
        var end = message.Span.LastIndexOf((byte)0x1C);
        return end >= 0 && Hl7BatchLines.IsFiller(message.Span[end..]) ? message[..end] : message;
    }
}
