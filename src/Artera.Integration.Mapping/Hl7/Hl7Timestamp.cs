using NodaTime;
using NodaTime.TimeZones;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>How much of a timestamp was sent.</summary>
public enum Hl7Precision
{
    /// <summary>Nothing, or only zeros.</summary>
    None,

    /// <summary>YYYY.</summary>
    Year,

    /// <summary>YYYYMM.</summary>
    Month,

    /// <summary>YYYYMMDD: no time of day; an appointment at such a time has no time.</summary>
    Day,

    /// <summary>YYYYMMDDHH.</summary>
    Hour,

    /// <summary>YYYYMMDDHHMM.</summary>
    Minute,

    /// <summary>YYYYMMDDHHMMSS and any fraction.</summary>
    Second,
}

/// <summary>
/// TS and DTM: <c>YYYY[MM[DD[HH[MM[SS[.S...]]]]]][+/-ZZZZ]</c> (HL7 v2 chapter 2A §2A.22), and the departures from it
/// that feeds are known for: more digits than seconds need, an offset of two digits or with a colon, only zeros for nothing.
/// </summary>
/// <param name="Local">The local date and time; what was not sent is at its lowest.</param>
/// <param name="Precision">How much was sent.</param>
/// <param name="Offset">The offset from UTC, when sent.</param>
public readonly record struct Hl7Timestamp(LocalDateTime Local, Hl7Precision Precision, Offset? Offset)
{
    private static readonly ZoneLocalMappingResolver Lenient =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    /// <summary>True for an empty text or one of zeros only: the sender says nothing.</summary>
    public bool IsAbsent => Precision == Hl7Precision.None;

    /// <summary>True when a time of day was sent.</summary>
    public bool HasTime => Precision >= Hl7Precision.Hour;

    /// <summary>The calendar date as written, such as a birth date; null when less than a day was sent.</summary>
    public LocalDate? Date => Precision >= Hl7Precision.Day ? Local.Date : null;

    /// <summary>Reads a timestamp.</summary>
    /// <param name="text">The text of the first component.</param>
    /// <param name="value">The timestamp; check <see cref="IsAbsent"/>.</param>
    /// <returns>False when the text is something else: a bare time of day, words, a date that does not exist.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Hl7Timestamp value) => Hl7TimestampText.TryParse(text.Trim(), out value);

    /// <summary>
    /// The instant that is meant: by its own offset, else the message's, else the feed's zone, where a time that the
    /// clocks skip moves forward by the gap and a time that they show twice is the first.
    /// </summary>
    /// <param name="feedZone">The zone of the sender.</param>
    /// <param name="messageDefault">The offset in MSH-7 when there is one (§2.14.9.7): it holds for the whole message.</param>
    /// <exception cref="InvalidOperationException">The timestamp is absent.</exception>
    public Instant Resolve(DateTimeZone feedZone, Offset? messageDefault = null)
    {
        if (IsAbsent) throw new InvalidOperationException("an absent timestamp is no instant");
        return (Offset ?? messageDefault) is { } offset
            ? Local.WithOffset(offset).ToInstant()
            : feedZone.ResolveLocal(Local, Lenient).ToInstant();
    }
}
