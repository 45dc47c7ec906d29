using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>A way to reach people: one provider for one medium.</summary>
public interface IMedium
{
    /// <summary>The medium that this provider serves.</summary>
    Medium Medium { get; }

    /// <summary>How long the provider may take to list a message that it has accepted; zero when it lists at once.</summary>
    Duration ListedWithin { get; }

    /// <summary>Hands one message to the provider.</summary>
    /// <param name="message">The message; <see cref="OutboundMessage.Id"/> identifies it.</param>
    /// <param name="cancellation">Stops waiting; the outcome is then unknown.</param>
    Task<SendOutcome> Send(OutboundMessage message, CancellationToken cancellation);

    /// <summary>Looks for a message that may have been handed over before a crash or a time-out.</summary>
    /// <param name="message">The message whose last attempt is unsettled.</param>
    /// <param name="since">When that attempt started.</param>
    /// <param name="others">The provider ids that belong to other messages to the same number.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns><see cref="SendOutcome.Accepted"/> when the provider has it, <see cref="SendOutcome.NotThere"/> when
    /// it has not, <see cref="SendOutcome.Unknown"/> when it cannot tell now.</returns>
    Task<SendOutcome> Find(OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation);
}

/// <summary>The closed list of what can come of handing a message over.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider has it.</summary>
    /// <param name="ProviderId">Its id there.</param>
    public sealed record Accepted(string ProviderId) : SendOutcome;

    /// <summary>Surely not sent, and may be tried again.</summary>
    /// <param name="Code">The provider's code or HTTP status.</param>
    /// <param name="After">The pause that the provider asks for.</param>
    /// <param name="PausesLine">It is the line that sends too much (HTTP 429, a full queue): nothing else of it is sent in that pause.</param>
    public sealed record TryAgain(string Code, Duration? After = null, bool PausesLine = false) : SendOutcome;

    /// <summary>Surely not sent, and never will be.</summary>
    public sealed record Refused(string Code) : SendOutcome;

    /// <summary>The number has opted out at the provider (Twilio 21610).</summary>
    public sealed record OptedOut(string Code) : SendOutcome;

    /// <summary>The number or address cannot take this medium (Twilio 21614, 30006; SMTP 5.1.1).</summary>
    public sealed record NotMobile(string Code) : SendOutcome;

    /// <summary>Nobody knows whether it was sent: to be looked up, never blindly repeated.</summary>
    public sealed record Unknown(string Code) : SendOutcome;

    /// <summary>A look-up found that the provider never got it.</summary>
    public sealed record NotThere : SendOutcome;
}
