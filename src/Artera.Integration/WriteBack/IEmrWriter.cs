using Artera.Integration.Appointments;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>A way to tell one EMR what a patient answered.</summary>
public interface IEmrWriter : IAsyncDisposable
{
    /// <summary>The feed whose answers it takes; one answer is in flight at a time.</summary>
    string Feed { get; }

    /// <summary>Whether the EMR's mapping has words for this answer.</summary>
    bool Takes(PatientStatus status);

    /// <summary>Puts an answer into the words of the EMR; nothing is sent.</summary>
    Wording Word(Answer answer);

    /// <summary>Sends what was worded and waits for the EMR's answer.</summary>
    /// <param name="message">The bytes as they were kept.</param>
    /// <param name="cancellation">Stops waiting; the outcome is then unknown.</param>
    Task<WriteOutcome> Send(ReadOnlyMemory<byte> message, CancellationToken cancellation);

    /// <summary>Closes the connection: an EMR may take one at a time, and the next may be another node's.</summary>
    ValueTask HangUp();
}

/// <summary>What the EMR is to hear.</summary>
/// <param name="Status">What the patient answered.</param>
/// <param name="AppointmentId">The EMR's own name of the visit.</param>
/// <param name="PatientId">The EMR's own name of the patient.</param>
/// <param name="Start">When the visit starts, if known.</param>
/// <param name="ControlId">The same on every attempt.</param>
/// <param name="Now">When it is worded.</param>
/// <param name="LastMessage">The last message of the EMR about this visit, as received, if it is still kept.</param>
public sealed record Answer(
    PatientStatus Status,
    string AppointmentId,
    string PatientId,
    Instant? Start,
    string ControlId,
    Instant Now,
    ReadOnlyMemory<byte>? LastMessage);

/// <summary>The bytes to send, or why there are none.</summary>
/// <param name="Message">Null when there is nothing to send.</param>
/// <param name="Cause">A stable word, without patient data.</param>
public readonly record struct Wording(byte[]? Message, string? Cause = null);

/// <summary>The closed list of what can come of telling an EMR.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>The EMR took it (AA, CA).</summary>
    public sealed record Taken(byte[] Acknowledgement) : WriteOutcome;

    /// <summary>The EMR did not take it and may later (AE, CE).</summary>
    public sealed record TryAgain(string Code, byte[] Acknowledgement) : WriteOutcome;

    /// <summary>The EMR will not take it (AR, CR).</summary>
    public sealed record Refused(string Code, byte[] Acknowledgement) : WriteOutcome;

    /// <summary>It left, and nobody knows whether the EMR took it; the same may be said again under the same control id.</summary>
    public sealed record Unknown(string Code, byte[]? Stray) : WriteOutcome;

    /// <summary>It did not leave: nobody listens.</summary>
    public sealed record Unreachable(string Code) : WriteOutcome;
}
