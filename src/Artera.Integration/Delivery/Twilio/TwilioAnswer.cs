using System.Globalization;
using System.Net;
using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>What Twilio's answer to a sending means.</summary>
internal static class TwilioAnswer
{
    public static async Task<SendOutcome> Outcome(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation)
    {
        var status = "http-" + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.IsSuccessStatusCode)
        {
            var message = await TwilioJson.Read<TwilioMessage>(response, cancellation);
            return message?.Sid is { Length: > 0 } sid ? new SendOutcome.Accepted(sid) : new SendOutcome.Unknown("unreadable");
        }

        var after = PauseAskedFor(response, time);
        switch (response.StatusCode)
        {
            // These say that it was not taken. Any other 5xx may have been said after it was.
            case HttpStatusCode.TooManyRequests:
                return new SendOutcome.TryAgain(status, after, PausesLine: true);
            case HttpStatusCode.ServiceUnavailable:
                return new SendOutcome.TryAgain(status, after);
            case >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout:
                return new SendOutcome.Unknown(status);
        }

        if (response.StatusCode >= HttpStatusCode.BadRequest && (await TwilioJson.Read<TwilioProblem>(response, cancellation))?.Code is { } code)
            return TwilioErrors.Outcome(code, after);

        // A redirect, or a refusal without Twilio's code: a proxy or a wrong address, not a word about the message.
        return new SendOutcome.TryAgain(status, after);
    }

    private static Duration? PauseAskedFor(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } pause } => Duration.FromTimeSpan(pause),
        { Date: { } date } => Instant.FromDateTimeOffset(date) - (response.Headers.Date is { } now ? Instant.FromDateTimeOffset(now) : time.Now()),
        _ => null,
    };
}
