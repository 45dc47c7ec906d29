using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Twilio;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Delivery;

internal class TwilioWorld : MediumWorld
{
    public const string PublicUrl = "https://texts.example.org";

    private readonly HttpClient http;

    protected TwilioWorld(TestServer server, FakeTimeProvider clock, FakeTwilio twilio)
        : base(server, clock)
    {
        Twilio = twilio;
        http = new HttpClient { BaseAddress = server.Http };

        // Twilio is nobody on this machine.
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
    }

    public FakeTwilio Twilio { get; }

    public static async Task<TwilioWorld> Open(
        FakeTwilio? twilio = null,
        FakeTimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        params KeyValuePair<string, string?>[] settings)
    {
        twilio ??= new FakeTwilio();
        clock ??= new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        KeyValuePair<string, string?>[] all = [.. settings.UnionBy(Settings(twilio.Url).Append(LookOften), setting => setting.Key)];
        return new TwilioWorld(await Start(clock, services, all), clock, twilio);
    }

    public static KeyValuePair<string, string?>[] Settings(string url) =>
    [
        new("Twilio:AccountSid", FakeTwilio.Account),
        new("Twilio:AuthToken", FakeTwilio.Token),
        new("Twilio:BaseUrl", url),
        new("Twilio:PublicUrl", PublicUrl),
        new("Twilio:Timeout", "00:00:05"),
        new("Delivery:Rates:SegmentsPerSecond", "0"),
        new("Delivery:Rates:CallsPerSecond", "0"),
        new("Delivery:Rates:CallsAtOnce", "0"),
    ];

    public override Task<IReadOnlyList<string>> Arrived() =>
        Task.FromResult<IReadOnlyList<string>>([.. Twilio.Texts.Select(text => text.Body)]);

    public override async Task Report(OutboundMessage message, DeliveryState state)
    {
        var text = Twilio.Texts.Single(text => text.Callback!.EndsWith($"?message={message.Id}", StringComparison.Ordinal));
        await ReportOn(text, state.ToString().ToLowerInvariant());
    }

    public async Task ReportOn(FakeTwilio.Text text, string status, int? errorCode = null)
    {
        using var answer = await Call(text.Callback![PublicUrl.Length..], new()
        {
            ["MessageSid"] = text.Sid,
            ["MessageStatus"] = status,
            ["To"] = text.To,
            ["From"] = text.From,
            ["ErrorCode"] = errorCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            ["AccountSid"] = FakeTwilio.Account,
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Twilio calls back, signed with the account's token unless another signature is given.</summary>
    public async Task<HttpResponseMessage> Call(string pathAndQuery, Dictionary<string, string> form, string? signature = null)
    {
        var fields = form.Select(field => new KeyValuePair<string, StringValues>(field.Key, field.Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, pathAndQuery) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature ?? TwilioSignature.Of(FakeTwilio.Token, PublicUrl + pathAndQuery, fields));
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    protected override void Close()
    {
        http.Dispose();
        Twilio.Dispose();
    }
}
