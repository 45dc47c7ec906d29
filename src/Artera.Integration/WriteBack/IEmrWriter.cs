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

    /// <summary>
    /// True when every attempt is worded anew, because what is sent depends on how the EMR has the visit at that moment; else a
    /// resend is the same bytes.
    /// </summary>
    bool WordsAnew { get; }

    /// <summary>Puts an answer into the words of the EMR; nothing is sent.</summary>
    Wording Word(Answer answer);

    /// <summary>Sends what was worded and waits for the EMR's answer.</summary>
    /// <param name="message">What was worded, as it was kept.</param>
    /// <param name="mayHaveArrived">An earlier attempt may have reached the EMR.</param>
    /// <param name="keep">Keeps what is about to leave when it is more than what was worded; called before it does.</param>
    /// <param name="cancellation">Stops waiting; the outcome is then unknown.</param>
    Task<WriteOutcome> Send(ReadOnlyMemory<byte> message, bool mayHaveArrived, Func<byte[], Task> keep, CancellationToken cancellation);

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

    /// <summary>The EMR took it (AA, CA, 2xx).</summary>
    public sealed record Taken(byte[] Acknowledgement) : WriteOutcome;

    /// <summary>The EMR did not take it and may later (AE, CE; 409 and 412 again and again, 423).</summary>
    public sealed record TryAgain(string Code, byte[] Acknowledgement) : WriteOutcome;

    /// <summary>The EMR will not take it (AR, CR, 4xx).</summary>
    public sealed record Refused(string Code, byte[] Acknowledgement) : WriteOutcome;

    /// <summary>It left, and nobody knows whether the EMR took it; the same may be said again under the same control id.</summary>
    public sealed record Unknown(string Code, byte[]? Stray) : WriteOutcome;

    /// <summary>Nothing was sent: the EMR was asked first how it has the visit, and that settles the answer.</summary>
    /// <param name="Seen">What it said.</param>
    public sealed record Overtaken(WriteBackState State, string Cause, byte[] Seen) : WriteOutcome;

    /// <summary>It did not leave, or was turned away unread: nobody listens for now.</summary>
    /// <param name="AskedFor">The pause that the EMR asked for.</param>
    public sealed record Unreachable(string Code, Duration? AskedFor = null) : WriteOutcome;
}
