using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Artera.Integration.Delivery.Twilio;

internal static class TwilioSetup
{
    public const string Client = "twilio";

    private const int LargestAnswer = 16 * 1024 * 1024;

    public static IServiceCollection AddTwilio(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<TwilioOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TwilioOptions>, TwilioOptionsRules>();
        services.AddSingleton<TwilioLookup>();
        services.AddSingleton<TwilioPost>();
        services.AddSingleton<IMedium, TwilioSms>();
        services.AddSingleton<IMedium, TwilioVoice>();

        // The client's own loggers write addresses, and a look's address has the number in it.
        services.AddHttpClient(Client, SignIn)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilienceHandler("twilio", Restrain);
        return services;
    }

    /// <summary>The address of the account's messages.</summary>
    public static string Messages(TwilioOptions twilio) =>
        $"{twilio.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{twilio.AccountSid}/Messages.json";

    /// <summary>The address of the account's calls.</summary>
    public static string Calls(TwilioOptions twilio) =>
        $"{twilio.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{twilio.AccountSid}/Calls.json";

    private static void SignIn(IServiceProvider services, HttpClient client)
    {
        var twilio = services.GetRequiredService<IOptions<TwilioOptions>>().Value;
        var (user, secret) = string.IsNullOrWhiteSpace(twilio.ApiKeySid)
            ? (twilio.AccountSid, twilio.AuthToken)
            : (twilio.ApiKeySid, twilio.ApiKeySecret);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));
        client.MaxResponseContentBufferSize = LargestAnswer;

        // The pipeline's time-out ends with the headers; this one covers the body too.
        client.Timeout = twilio.Timeout + TimeSpan.FromSeconds(5);
    }

    /// <summary>A time-out and a breaker, and no retry: only a look can tell whether a text left, and the retry policy is the rows'.</summary>
    private static void Restrain(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        // Not the clock of the house, which a test or the demo moves: sockets live in real time.
        pipeline.TimeProvider = TimeProvider.System;
        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 0.8,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(10),
            ShouldHandle = outcome => ValueTask.FromResult(
                outcome.Outcome.Exception is HttpRequestException or Polly.Timeout.TimeoutRejectedException
                || (int?)outcome.Outcome.Result?.StatusCode >= 500),
        });
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions
        {
            Timeout = context.ServiceProvider.GetRequiredService<IOptions<TwilioOptions>>().Value.Timeout,
        });
    }
}
