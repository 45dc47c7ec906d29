using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// One HL7 v2 message of any version, read by position (chapter 2 §2.5). Reading finds the segments only; fields are
/// found in the bytes when asked for. Nothing here ever throws because of what a message contains.
/// </summary>
public sealed class Hl7Message
{
    private readonly Hl7Text text;
    private readonly SegmentSpan[] segments;

    private Hl7Message(Hl7Text text, SegmentSpan[] segments, Hl7Delimiters delimiters)
    {
        this.text = text;
        this.segments = segments;
        Delimiters = delimiters;
    }

    /// <summary>The bytes as received.</summary>
    public ReadOnlyMemory<byte> Raw => text.Raw;

    /// <summary>MSH-1 and MSH-2.</summary>
    public Hl7Delimiters Delimiters { get; }

    /// <summary>The encoding the bytes turned out to be in (MSH-18, table 0211, where the bytes allow it).</summary>
    public Encoding Charset => text.Encoding;

    /// <summary>MSH-9.1, such as <c>SIU</c>; empty when there is none.</summary>
    public string MessageType => field ??= Header(9, 1);

    /// <summary>MSH-9.2, such as <c>S12</c>; EVN-1 where an old sender says it only there; else empty.</summary>
    public string TriggerEvent => field ??= Header(9, 2) is { Length: > 0 } trigger ? trigger : EventSegment();

    /// <summary>Type and trigger as <c>SIU^S12</c>, with a caret whatever the delimiters are; only the type when there is no trigger.</summary>
    public string Event => field ??= TriggerEvent.Length == 0 ? MessageType : $"{MessageType}^{TriggerEvent}";

    /// <summary>MSH-10 as sent, escapes and all; empty when there is none.</summary>
    public string ControlId => field ??= Encoding.UTF8.GetString(Segments[0].Repetitions(10).Raw);

    /// <summary>MSH-11.1, table 0103: P production, T training, D debugging.</summary>
    public string ProcessingId => Header(11, 1);

    /// <summary>MSH-12.1, such as <c>2.5.1</c>. Often not true: nothing is read differently because of it.</summary>
    public string Version => Header(12, 1);

    /// <summary>MSH-3.1.</summary>
    public string SendingApplication => Header(3, 1);

    /// <summary>MSH-4.1.</summary>
    public string SendingFacility => Header(4, 1);

    /// <summary>MSH-5.1.</summary>
    public string ReceivingApplication => Header(5, 1);

    /// <summary>MSH-6.1.</summary>
    public string ReceivingFacility => Header(6, 1);

    /// <summary>MSH-7 as sent; see <see cref="Hl7Timestamp"/>.</summary>
    public string SentAt => Header(7, 1);

    /// <summary>MSH-13; <c>0</c> with an empty MSH-9 and no other segment starts the sequence number protocol (§2.10.1).</summary>
    public string SequenceNumber => Header(13, 1);

    /// <summary>MSH-15, table 0155: AL, NE, ER, SU or empty.</summary>
    public string AcceptAckType => Header(15, 1);

    /// <summary>MSH-16, table 0155.</summary>
    public string ApplicationAckType => Header(16, 1);

    /// <summary>All segments in the order received; the first is MSH. Walking over them allocates nothing.</summary>
    public Hl7Segments Segments => new(this, 0, segments.Length);

    /// <summary>The whole message as a range to read paths from.</summary>
    public Hl7Range Whole => new(this, new(0, segments.Length, 0, segments.Length), null);

    internal ReadOnlySpan<byte> Utf8 => text.Utf8;

    internal Hl7Text Text => text;

    internal ReadOnlySpan<SegmentSpan> Spans => segments;

    /// <summary>Reads a message.</summary>
    /// <param name="raw">The payload of a frame, or one message of a batch. It is kept, not copied.</param>
    /// <param name="problem">What is wrong with the header, to answer AR with; null when it can be worked with.</param>
    /// <param name="fallback">The feed's charset for bytes that neither are UTF-8 nor have a usable label; Windows-1252 if null.</param>
    /// <returns>The message, even with a problem, as far as its header can be answered; null when there is no MSH segment at all.</returns>
    public static Hl7Message? TryRead(ReadOnlyMemory<byte> raw, out Hl7Problem? problem, Encoding? fallback = null)
    {
        var opened = Hl7Text.Open(raw, fallback);
        var utf8 = opened.Utf8;
        var at = Hl7Header.Find(utf8, out var first);
        if (at < 0)
        {
            problem = new(100, "no MSH segment", "MSH");
            return null;
        }

        var header = utf8[at..];
        var usable = Hl7Delimiters.TryRead(header[3], Hl7Header.Field(header, 2), out var delimiters);
        var message = new Hl7Message(opened, SegmentIndex.Build(utf8, at, header[3]), delimiters);
        problem = !first ? new(100, "MSH is not the first segment", "MSH")
            : !usable ? new(102, "encoding characters cannot be used", "MSH", 2)
            : message.MessageType.Length == 0 && !message.IsSequenceStart ? new(101, "message type is missing", "MSH", 9)
            : null;
        return message;
    }

    /// <summary>True for the message that starts or resynchronises the sequence number protocol: MSH-13 is 0 or -1, MSH-9 is empty, nothing follows (§2.10.1).</summary>
    public bool IsSequenceStart => segments.Length == 1 && SequenceNumber is "0" or "-1" && MessageType.Length == 0;

    /// <summary>Reads the first value that a path leads to.</summary>
    /// <param name="path">The compiled path.</param>
    /// <returns>The value; absent when the message does not have it.</returns>
    public Hl7Value Get(Hl7Path path)
    {
        if (path.Which.Length > 0) return Whole.Get(path);
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Key == path.Key) return path.In(new Hl7Segment(this, i));
        }

        return default;
    }

    /// <summary>Reads every value that a path leads to: every segment and every repetition that its selectors allow.</summary>
    /// <param name="path">The compiled path.</param>
    public Hl7Values All(Hl7Path path) => Whole.All(path);

    /// <summary>A field of MSH as the bytes received; UTF-8 where those are UTF-16.</summary>
    internal ReadOnlySpan<byte> HeaderBytes(int number)
    {
        var (start, length) = Segments[0].Repetitions(number).Place;
        if (length == 0) return default;
        if (text.IsWide) return Utf8.Slice(start, length);
        return Raw.Span[text.Origin(start)..text.Origin(start + length)];
    }

    private string Header(int number, int component) => Segments[0].Field(number).Component(component).Text;

    private string EventSegment()
    {
        foreach (var segment in Segments)
        {
            if (segment.Is("EVN"u8)) return segment.Field(1).Text;
        }

        return string.Empty;
    }
}
