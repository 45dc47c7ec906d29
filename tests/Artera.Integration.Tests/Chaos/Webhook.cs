using System.Globalization;
using Artera.Integration.Delivery.Twilio;
using Artera.Integration.Tests.Delivery;
using Microsoft.Extensions.Primitives;

namespace Artera.Integration.Tests.Chaos;

/// <summary>Something that Twilio tells us, signed as it signs.</summary>
internal sealed record Webhook(string PathAndQuery, IReadOnlyDictionary<string, string> Form)
{
    public static Webhook Report(TwilioStandIn.Text text, string status) => new(
        string.Create(CultureInfo.InvariantCulture, $"{TwilioWebhooks.Status}?message={text.MessageId}"),
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageSid"] = text.Sid,
            ["MessageStatus"] = status,
            ["To"] = text.To,
            ["From"] = text.From,
        });

    public static Webhook Reply(string sid, string from, string words) => new(
        TwilioWebhooks.Messages,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["MessageSid"] = sid, ["From"] = from, ["To"] = Cell.Line, ["Body"] = words, ["NumMedia"] = "0" });

    /// <returns>False when the node did not take it, or nobody knows.</returns>
    public async Task<bool> IsTaken(HttpClient http, Uri node, CancellationToken cancellation)
    {
        var fields = Form.Select(field => new KeyValuePair<string, StringValues>(field.Key, field.Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, PathAndQuery)) { Content = new FormUrlEncodedContent(Form) };
        request.Headers.Add("X-Twilio-Signature", TwilioSignature.Of(FakeTwilio.Token, Cell.PublicUrl + PathAndQuery, fields));
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException || (lost is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
