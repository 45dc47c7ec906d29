using System.Globalization;
using Mediator;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>What Twilio calls back: kept before it is answered, so what we have answered for is never lost.</summary>
internal static partial class TwilioWebhooks
{
    public const string Messages = "/webhooks/twilio/messages";
    public const string Status = "/webhooks/twilio/status";

    private const long LargestForm = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static void MapTwilio(this IEndpointRouteBuilder app)
    {
        var signed = app.MapGroup("").AddEndpointFilter(Signed).AllowAnonymous().DisableAntiforgery();
        signed.MapPost(Messages, Received);
        signed.MapPost(Status, Reported);
        signed.MapCalls();
    }

    private static async Task<IResult> Received(HttpRequest request, IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (form["MessageSid"].ToString() is not { Length: > 0 } sid || form["From"].ToString() is not { Length: > 0 } from)
            return Results.BadRequest();

        var text = new KeepInboundText(
            sid,
            from,
            form["To"].ToString(),
            form["Body"].ToString(),
            int.TryParse(form["NumMedia"], NumberStyles.None, CultureInfo.InvariantCulture, out var media) ? media : 0,
            form["OptOutType"].ToString() is { Length: > 0 } keyword ? keyword : null);
        await Keep(text, scopes, cancellation);
        return Results.Content("<Response/>", "text/xml");
    }

    private static async Task<IResult> Reported(
        HttpRequest request,
        IServiceScopeFactory scopes,
        ILoggerFactory logs,
        CancellationToken cancellation,
        long? message = null)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (form["MessageSid"].ToString() is not { Length: > 0 } sid || State(form["MessageStatus"].ToString()) is not { } state)
            return Results.NoContent();

        var failure = state is DeliveryState.Failed or DeliveryState.Undelivered ? TwilioErrors.Failure(form["ErrorCode"].ToString()) : null;
        var to = form["To"].ToString() is { Length: > 0 } number ? number : null;
        if (!await Keep(new ReportDelivery(sid, message, to, state, failure), scopes, cancellation))
            OfNoMessage(logs.CreateLogger(typeof(TwilioWebhooks)), sid, message);
        return Results.NoContent();
    }

    /// <summary>
    /// Twilio waits 15 seconds for us and, unless its settings say otherwise, does not call again after an error: a database
    /// that restarts, or another node that is given the same at the same moment, is waited for. The same twice is once.
    /// </summary>
    public static async Task<T> Keep<T>(IRequest<T> told, IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                return await scope.ServiceProvider.GetRequiredService<ISender>().Send(told, cancellation);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException && TimeProvider.System.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
        }
    }

    /// <summary>Null for what says nothing about the way of a text.</summary>
    private static DeliveryState? State(string status) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" => DeliveryState.Queued,
        "sent" => DeliveryState.Sent,
        "delivered" or "read" => DeliveryState.Delivered,
        "undelivered" => DeliveryState.Undelivered,
        "failed" or "canceled" => DeliveryState.Failed,
        _ => null,
    };

    private static async ValueTask<object?> Signed(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        if (!request.HasFormContentType || request.ContentLength > LargestForm)
            return Results.StatusCode(StatusCodes.Status403Forbidden);

        var twilio = call.HttpContext.RequestServices.GetRequiredService<IOptions<TwilioOptions>>().Value;
        var form = await request.ReadFormAsync(call.HttpContext.RequestAborted);
        var url = twilio.PublicUrl!.TrimEnd('/') + request.Path + request.QueryString;
        return TwilioSignature.Fits(request.Headers["X-Twilio-Signature"], twilio.AuthToken!, url, [.. form])
            ? await next(call)
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    [LoggerMessage(LogLevel.Warning, "Twilio reported on {Sid}, which is none of our messages (named {Message})")]
    public static partial void OfNoMessage(ILogger log, string sid, long? message);
}
