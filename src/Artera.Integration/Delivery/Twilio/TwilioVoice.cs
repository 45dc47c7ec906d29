using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>Calls over Twilio's Calls API: Twilio asks us what to say when somebody, or a machine, has answered.</summary>
internal sealed class TwilioVoice(TwilioPost post, TwilioLookup lookup, IOptions<TwilioOptions> options) : IMedium
{
    private readonly TwilioOptions twilio = options.Value;

    public Medium Medium => Medium.Voice;

    public Duration ListedWithin => Duration.FromTimeSpan(twilio.ListedWithin);

    public Task<SendOutcome> Send(OutboundMessage message, CancellationToken cancellation) => post.Send(
        TwilioSetup.Calls(twilio),
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["To"] = message.To,
            ["From"] = message.From,
            ["Url"] = post.Callback(TwilioCalls.Answered, message),
            ["StatusCallback"] = post.Callback(TwilioCalls.Status, message),

            // A machine is spoken to after its own words, and is offered no keys.
            ["MachineDetection"] = "DetectMessageEnd",
        },
        cancellation);

    public Task<SendOutcome> Find(OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation) =>
        lookup.Find(TwilioSetup.Calls(twilio), message, since, others, cancellation);
}
