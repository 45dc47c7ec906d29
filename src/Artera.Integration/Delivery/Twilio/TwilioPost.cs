using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>Hands a text or a call to Twilio, and says what came of it.</summary>
internal sealed class TwilioPost(IHttpClientFactory clients, TimeProvider time, IOptions<TwilioOptions> options)
{
    /// <summary>An address of ours with our id of the message in it, for Twilio to call.</summary>
    public string Callback(string path, OutboundMessage message) => $"{options.Value.PublicUrl?.TrimEnd('/')}{path}?message={message.Id}";

    public async Task<SendOutcome> Send(string address, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellation)
    {
        using var form = new WatchedForm(fields);
        try
        {
            using var client = clients.CreateClient(TwilioSetup.Client);
            using var response = await client.PostAsync(address, form, cancellation);
            return await TwilioAnswer.Outcome(response, time, cancellation);
        }
        catch (Exception trouble) when (TwilioTrouble.Code(trouble, cancellation) is { } code)
        {
            return form.Started ? new SendOutcome.Unknown(code) : new SendOutcome.TryAgain(code == "cut-off" ? "no-connection" : code);
        }
    }
}
