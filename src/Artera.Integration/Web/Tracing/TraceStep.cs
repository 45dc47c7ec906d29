using System.Text.Json.Serialization;
using Artera.Integration.Web.Components;
using NodaTime;

namespace Artera.Integration.Web.Tracing;

/// <summary>One thing that happened on the way of a message, an appointment or a text.</summary>
/// <param name="At">When.</param>
/// <param name="Stage">Which part of the way.</param>
/// <param name="About">What it happened to, such as <c>message:12</c>, <c>text:7</c>, <c>answer:9</c>, <c>decision:4</c>, <c>appointment:5</c> or <c>writeback:3</c>.</param>
/// <param name="Title">In a few words.</param>
public sealed record TraceStep(Instant At, TraceStage Stage, string About, string Title)
{
    /// <summary>The state it was left in, by its stable name.</summary>
    public string? State { get; init; }

    /// <summary>Why, or what else there is to know; never the text of a conversation.</summary>
    public string? Detail { get; init; }

    /// <summary>When it is, was or would have been due.</summary>
    public Instant? Due { get; init; }

    /// <summary>What a text says.</summary>
    public string? Body { get; init; }

    /// <summary>The HL7 message that went out.</summary>
    public string? Sent { get; init; }

    /// <summary>The acknowledgement that came back for it.</summary>
    public string? Acknowledgement { get; init; }

    /// <summary>How much it wants to be noticed.</summary>
    [JsonIgnore]
    public Tone Tone { get; init; }
}

internal static class TraceSteps
{
    /// <summary>The oldest first; what was decided at once in the order in which it is due.</summary>
    public static IReadOnlyList<TraceStep> InOrder(this IEnumerable<TraceStep> steps) =>
        [.. steps.OrderBy(step => step.At).ThenBy(step => step.Stage).ThenBy(step => step.Due)];
}

/// <summary>The parts of the way from the EMR to the patient and back.</summary>
public enum TraceStage
{
    /// <summary>What was older has been removed: see the settings <c>Retention</c>.</summary>
    Removed,

    /// <summary>A message of the EMR arrived.</summary>
    Received,

    /// <summary>We told the EMR what became of its message.</summary>
    Acknowledged,

    /// <summary>A trigger decided: planned, sent, or not and why.</summary>
    Decided,

    /// <summary>A text left, or tried to.</summary>
    Sent,

    /// <summary>The provider reported what became of it.</summary>
    Delivered,

    /// <summary>The patient wrote.</summary>
    Answered,

    /// <summary>A visit was booked that a recall or a referral asks for.</summary>
    Booked,

    /// <summary>An answer for the EMR.</summary>
    WrittenBack,
}
