using System.Collections.Concurrent;
using System.Globalization;
using Artera.Integration.Tests.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Artera.Integration.Tests.Chaos;

/// <summary>Twilio's Messages API in bad moods: it takes texts, lists them, and counts how often each of our messages came.</summary>
internal sealed class TwilioStandIn : IAsyncDisposable
{
    private static readonly string Path = $"/2010-04-01/Accounts/{FakeTwilio.Account}/Messages.json";
    private readonly ConcurrentQueue<Text> texts = new();
    private readonly CancellationTokenSource closing = new();
    private readonly WebApplication app;
    private int sids;

    private TwilioStandIn(WebApplication app) => this.app = app;

    /// <param name="MessageId">Our id of it, as the status callback names it.</param>
    public sealed record Text(string Sid, long MessageId, string To, string From, string Body, DateTimeOffset Created);

    /// <summary>What becomes of a request.</summary>
    public enum Fate
    {
        Fine,

        /// <summary>429 with Retry-After; nothing was taken.</summary>
        TooMany,

        /// <summary>503; nothing was taken.</summary>
        Unavailable,

        /// <summary>500; nothing was taken, but who can tell.</summary>
        Broken,

        /// <summary>Nothing was taken, and nothing is said for longer than anybody waits.</summary>
        Deaf,

        /// <summary>It was taken, and the answer is 500.</summary>
        TakenAndBroken,

        /// <summary>It was taken, and nothing is said.</summary>
        TakenAndMute,

        /// <summary>It was taken, and the connection breaks.</summary>
        TakenAndCutOff,
    }

    public string Url => app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IReadOnlyCollection<Text> Texts => texts;

    /// <summary>Decides over each text that comes.</summary>
    public Func<Fate> Mood { get; set; } = () => Fate.Fine;

    /// <summary>Decides over each look.</summary>
    public Func<Fate> LookingMood { get; set; } = () => Fate.Fine;

    /// <summary>Told of each text that was taken.</summary>
    public Action<Text> Taken { get; set; } = _ => { };

    public static async Task<TwilioStandIn> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var twilio = new TwilioStandIn(builder.Build());
        twilio.app.MapPost(Path, (Delegate)twilio.Post);
        twilio.app.MapGet(Path, twilio.List);
        await twilio.app.StartAsync();
        return twilio;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await app.DisposeAsync();
        closing.Dispose();
    }

    private async Task<IResult> Post(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var fate = Mood();
        if (fate is Fate.Fine or Fate.TakenAndBroken or Fate.TakenAndMute or Fate.TakenAndCutOff)
        {
            var text = Take(form);
            if (fate == Fate.Fine)
                return Results.Json(Resource(text), statusCode: 201);
        }

        return await Trouble(http, fate);
    }

    private async Task<IResult> List(HttpContext http, string to, string from)
    {
        var fate = LookingMood();
        return fate == Fate.Fine
            ? Results.Json(new { messages = texts.Where(text => text.To == to && text.From == from).Reverse().Select(Resource), next_page_uri = (string?)null })
            : await Trouble(http, fate);
    }

    private async Task<IResult> Trouble(HttpContext http, Fate fate)
    {
        switch (fate)
        {
            case Fate.TooMany:
                http.Response.Headers.RetryAfter = "1";
                return Results.Json(new { code = 20429 }, statusCode: 429);
            case Fate.Unavailable:
                return Results.Json(new { code = 20503 }, statusCode: 503);
            case Fate.Deaf or Fate.TakenAndMute:
                using (var gone = CancellationTokenSource.CreateLinkedTokenSource(closing.Token, http.RequestAborted))
                    await Task.Delay(Timeout.Infinite, gone.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.StatusCode(500);
            case Fate.TakenAndCutOff:
                http.Abort();
                return Results.Empty;
            default:
                return Results.StatusCode(500);
        }
    }

    private Text Take(IFormCollection form)
    {
        var callback = form["StatusCallback"].ToString();
        var text = new Text(
            $"SM{Interlocked.Increment(ref sids):x32}",
            long.Parse(callback[(callback.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture),
            form["To"].ToString(), form["From"].ToString(), form["Body"].ToString(), TimeProvider.System.GetUtcNow());
        texts.Enqueue(text);
        Taken(text);
        return text;
    }

    private static object Resource(Text text) => new
    {
        sid = text.Sid,
        to = text.To,
        from = text.From,
        body = text.Body,
        direction = "outbound-api",
        date_created = text.Created.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture),
    };
}
