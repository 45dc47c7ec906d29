using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Inbound;

/// <summary>
/// What a message's header alone decides: whether this feed takes it in. Its content leads to a refusal only where the
/// feed's settings say so (<see cref="ContentVerdict"/>): what cannot be understood is otherwise accepted, held and shown
/// to a person, for a sender that is refused stops.
/// </summary>
/// <param name="Problem">Why it is refused; null when it is taken in.</param>
/// <param name="Cause">The stable word for it.</param>
internal readonly record struct Verdict(Hl7Problem? Problem, string? Cause)
{
    private readonly AckOutcome? outcome;
    private readonly IReadOnlyList<Hl7Problem>? problems;
    private readonly string? path;

    public AckOutcome Outcome
    {
        get => outcome ?? (Problem is null ? AckOutcome.Accepted : AckOutcome.Rejected);
        init => outcome = value;
    }

    /// <summary>All that is wrong with it, <see cref="Problem"/> first.</summary>
    public IReadOnlyList<Hl7Problem> Problems
    {
        get => problems ?? (Problem is null ? [] : [Problem]);
        init => problems = value;
    }

    /// <summary>The code that has no meaning.</summary>
    public string? Value { get; init; }

    /// <summary>The table that lacks it.</summary>
    public string? Table { get; init; }

    /// <summary>Where in the message, such as <c>MSH-11</c>.</summary>
    public string? Path
    {
        get => path ?? (Problem is { Segment: { } segment } ? $"{segment}-{Problem.Field}".TrimEnd('-') : null);
        init => path = value;
    }

    public static Verdict Of(Hl7Message? message, Hl7Problem? problem, FeedOptions feed)
    {
        if (problem is not null)
            return new(problem, message is null ? "no-header" : "unreadable-header");
        if (!IsOneOf(feed.SendingFacilities, message!.SendingFacility))
            return new(new(103, "this feed does not take messages of this sending facility", "MSH", 4), "wrong-facility");
        if (!IsOneOf(feed.ReceivingFacilities, message.ReceivingFacility))
            return new(new(103, "this feed is not the receiving facility", "MSH", 6), "wrong-facility");
        if (!Processes(feed, message.ProcessingId))
            return new(new(202, "this feed does not process messages of this processing id", "MSH", 11), "processing-id");
        return default;
    }

    public static Verdict TooLong(int most) => new(new(104, $"the message is longer than {most} bytes"), "too-long");

    private static bool IsOneOf(string[] allowed, string value) =>
        allowed.Length == 0 || allowed.Contains(value, StringComparer.OrdinalIgnoreCase);

    // A header without MSH-11 breaks the standard, but it does not say that the message is a test.
    private static bool Processes(FeedOptions feed, string id) =>
        id.Length == 0 || (feed.ProcessingIds.Length == 0 ? id is "P" or "p" : IsOneOf(feed.ProcessingIds, id));
}
