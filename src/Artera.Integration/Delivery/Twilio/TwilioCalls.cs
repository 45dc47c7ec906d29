using Artera.Integration.Data;
using Artera.Integration.Delivery.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>What Twilio asks and reports of calls: what to say, what was pressed, how it ended.</summary>
internal static class TwilioCalls
{
    public const string Answered = "/webhooks/twilio/voice";
    public const string Status = "/webhooks/twilio/calls";

    private const string Confirm = "1";
    private const string Cancel = "5";
    private const string OptOut = "8";

    public static void MapCalls(this RouteGroupBuilder twilio)
    {
        twilio.MapPost(Answered, Speak);
        twilio.MapPost(Status, Reported);
    }

    private static async Task<IResult> Speak(
        HttpRequest request, IntegrationDb db, IServiceScopeFactory scopes, IOptions<DeliveryOptions> options, long message, CancellationToken cancellation)
    {
        var calls = options.Value.Calls;
        var form = await request.ReadFormAsync(cancellation);
        var to = form["To"].ToString();
        var found = await db.Set<OutboundMessage>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == message && row.Medium == Medium.Voice && row.To == to, cancellation);
        if (found is null || form["AnsweredBy"] == "fax")
            return Xml(TwilioSpeech.HangUp());
        if (form["AnsweredBy"].ToString().StartsWith("machine", StringComparison.Ordinal))
            return Xml(TwilioSpeech.ForMachine(found, MayStop(found) ? calls.OptOutNumber : null));

        var words = Spoken.In(found.Language).Call;
        return form["Digits"].ToString() switch
        {
            Confirm when found.Asks => await Press(found, confirms: true, words.Confirmed),
            Cancel when found.Asks => await Press(found, confirms: false, words.Cancelled),
            OptOut when MayStop(found) => await StopCalling(found),
            _ => Xml(TwilioSpeech.Message(found, request.Path + request.QueryString, MayStop(found))),
        };

        // What somebody has just asked for needs no way out.
        bool MayStop(OutboundMessage called) => calls.OfferOptOut && called.Priority != Priority.Reply;

        async Task<IResult> StopCalling(OutboundMessage called)
        {
            await TwilioWebhooks.Keep(new OptOutNumber(called.LineId, called.To, "call"), scopes, cancellation);
            return Xml(TwilioSpeech.Words(words.OptedOut, called.Language));
        }

        async Task<IResult> Press(OutboundMessage called, bool confirms, string done)
        {
            var taken = await TwilioWebhooks.Keep(new PressKey(called.Id, confirms), scopes, cancellation);
            return Xml(TwilioSpeech.Words(taken ? done : words.Over, called.Language));
        }
    }

    private static async Task<IResult> Reported(HttpRequest request, IServiceScopeFactory scopes, ILoggerFactory logs, CancellationToken cancellation, long? message = null)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (form["CallSid"].ToString() is not { Length: > 0 } sid || State(form["CallStatus"].ToString()) is not { } state)
            return Results.NoContent();

        SendOutcome? failure = state is DeliveryState.Failed or DeliveryState.Undelivered ? new SendOutcome.Refused($"call-{form["CallStatus"]}") : null;
        if (!await TwilioWebhooks.Keep(new ReportDelivery(sid, message, form["To"].ToString() is { Length: > 0 } to ? to : null, state, failure), scopes, cancellation))
            TwilioWebhooks.OfNoMessage(logs.CreateLogger(typeof(TwilioCalls)), sid, message);
        return Results.NoContent();
    }

    private static DeliveryState? State(string status) => status switch
    {
        "queued" or "initiated" or "ringing" => DeliveryState.Queued,
        "in-progress" or "answered" => DeliveryState.Sent,
        "completed" => DeliveryState.Delivered,
        "busy" or "no-answer" => DeliveryState.Undelivered,
        "failed" or "canceled" => DeliveryState.Failed,
        _ => null,
    };

    private static IResult Xml(string twiml) => Results.Content(twiml, "text/xml", System.Text.Encoding.UTF8);
}
