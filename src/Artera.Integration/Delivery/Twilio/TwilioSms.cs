using Microsoft.Extensions.Options;
using NodaTime;
using Polly;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>Texts over Twilio's Messages API.</summary>
internal sealed class TwilioSms(TwilioPost post, TwilioLookup lookup, IOptions<TwilioOptions> options) : IMedium
{
    private readonly TwilioOptions twilio = options.Value;

    public Medium Medium => Medium.Sms;

    public Duration ListedWithin => Duration.FromTimeSpan(twilio.ListedWithin);

    public Task<SendOutcome> Send(OutboundMessage message, CancellationToken cancellation) =>
        post.Send(TwilioSetup.Messages(twilio), Fields(message), cancellation);

    public Task<SendOutcome> Find(OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation) =>
        lookup.Find(TwilioSetup.Messages(twilio), message, since, others, cancellation);

    private Dictionary<string, string> Fields(OutboundMessage message)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["To"] = message.To,
            ["From"] = message.From,
            ["Body"] = message.Body,
            ["StatusCallback"] = post.Callback(TwilioWebhooks.Status, message),
        };

        // Both: the answer must come back to this line, not to whichever the service would pick.
        if (!string.IsNullOrWhiteSpace(twilio.MessagingServiceSid))
            fields["MessagingServiceSid"] = twilio.MessagingServiceSid;
        return fields;
    }
}

/// <summary>What goes wrong between here and an answer.</summary>
internal static class TwilioTrouble
{
    /// <summary>Null for what is no trouble of the line: a bug, or that we were told to stop.</summary>
    public static string? Code(Exception trouble, CancellationToken cancellation) => trouble switch
    {
        _ when cancellation.IsCancellationRequested => null,
        Polly.CircuitBreaker.BrokenCircuitException => "paused",
        ExecutionRejectedException or OperationCanceledException => "no-answer",
        HttpRequestException or IOException => "cut-off",
        _ => null,
    };
}
