using System.Text;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Email;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Delivery;

internal sealed class EmailWorld : MediumWorld
{
    public const string PublicUrl = "https://texts.example.org";
    public const string BounceSecret = "synthetic-bounce-secret";

    private readonly HttpClient http;

    private EmailWorld(TestServer server, FakeTimeProvider clock, SmtpSink smtp)
        : base(server, clock)
    {
        Smtp = smtp;
        http = new HttpClient { BaseAddress = server.Http };
    }

    public SmtpSink Smtp { get; }

    public HttpClient Http => http;

    public override Medium Medium => Medium.Email;

    public override string Address(int person) => $"patient{person}@example.org";

    public static async Task<EmailWorld> Open()
    {
        var smtp = new SmtpSink();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var server = await Start(
            clock,
            services: null,
            LookOften,
            new("Email:Host", "127.0.0.1"),
            new("Email:Port", smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("Email:Tls", "None"),
            new("Email:From", "visits@example.org"),
            new("Email:FromName", "Example Clinic"),
            new("Email:ReplyTo", "desk@example.org"),
            new("Email:BounceTo", "bounces@example.org"),
            new("Email:BounceSecret", BounceSecret),
            new("Email:Timeout", "00:00:05"),
            new("Delivery:Rates:EmailsPerSecond", "0"),
            new("Links:PublicUrl", PublicUrl));
        return new EmailWorld(server, clock, smtp);
    }

    public override Task<IReadOnlyList<string>> Arrived() => Task.FromResult<IReadOnlyList<string>>(
        [.. Smtp.Mails.Select(mail => mail.Read().TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n-- ")[0])]);

    /// <summary>SMTP says nothing of what arrives; only what does not comes back.</summary>
    public override async Task Report(OutboundMessage message, DeliveryState state) =>
        await Server.Send(new ReportDelivery(message.ProviderId!, message.Id, message.To, state));

    public async Task<HttpResponseMessage> PostBounce(string report, string? signature = null)
    {
        var body = Encoding.UTF8.GetBytes(report.ReplaceLineEndings("\r\n"));
        using var request = new HttpRequestMessage(HttpMethod.Post, EmailWebhooks.Bounces) { Content = new ByteArrayContent(body) };
        request.Headers.Add(EmailWebhooks.Signature, signature ?? EmailWebhooks.SignatureOf(BounceSecret, body));
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    protected override void Close()
    {
        http.Dispose();
        Smtp.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
