using Microsoft.Extensions.Options;
using NodaTime;
using Polly;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>Texts over Twilio's Messages API.</summary>
internal sealed class TwilioSms(IHttpClientFactory clients, TwilioLookup lookup, TimeProvider time, IOptions<TwilioOptions> options) : IMedium
{
    private readonly TwilioOptions twilio = options.Value;

    public Medium Medium => Medium.Sms;

    public Duration ListedWithin => Duration.FromTimeSpan(twilio.ListedWithin);

    public async Task<SendOutcome> Send(OutboundMessage message, CancellationToken cancellation)
    {
        using var form = new WatchedForm(Fields(message));
        try
        {
            using var client = clients.CreateClient(TwilioSetup.Client);
            using var response = await client.PostAsync(TwilioSetup.Messages(twilio), form, cancellation);
            return await TwilioAnswer.Outcome(response, time, cancellation);
        }
        catch (Exception trouble) when (TwilioTrouble.Code(trouble, cancellation) is { } code)
        {
            return form.Started ? new SendOutcome.Unknown(code) : new SendOutcome.TryAgain(code == "cut-off" ? "no-connection" : code);
        }
    }

    public async Task<SendOutcome> Find(OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation)
    {
        try
        {
            return await lookup.Find(message, since, others, cancellation);
        }
        catch (Exception trouble) when (TwilioTrouble.Code(trouble, cancellation) is { } code)
        {
            return new SendOutcome.Unknown(code);
        }
    }

    private Dictionary<string, string> Fields(OutboundMessage message)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["To"] = message.To,
            ["From"] = message.From,
            ["Body"] = message.Body,
            ["StatusCallback"] = $"{twilio.PublicUrl?.TrimEnd('/')}{TwilioWebhooks.Status}?message={message.Id}",
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
