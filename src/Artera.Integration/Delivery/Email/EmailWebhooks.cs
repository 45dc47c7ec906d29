using System.Security.Cryptography;
using System.Text;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Email;

/// <summary>
/// Where whoever receives the mail to <c>Email:BounceTo</c> posts it, as it is: a mail server's pipe, or a relay's webhook.
/// <c>X-Artera-Signature</c> is <c>sha256=</c> and the hexadecimal HMAC-SHA256 of the body with <c>Email:BounceSecret</c>.
/// </summary>
internal static class EmailWebhooks
{
    public const string Bounces = "/webhooks/email/bounces";
    public const string Signature = "X-Artera-Signature";

    private const int LargestReport = 1024 * 1024;

    public static void MapEmail(this IEndpointRouteBuilder app) => app.MapPost(Bounces, Reported).AllowAnonymous().DisableAntiforgery();

    public static string SignatureOf(string secret, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static async Task<IResult> Reported(HttpRequest request, ISender sender, IOptions<EmailOptions> options, CancellationToken cancellation)
    {
        if (await Body(request, cancellation) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (options.Value.BounceSecret is not { Length: > 0 } secret || !Fits(request.Headers[Signature], secret, body))
            return Results.StatusCode(StatusCodes.Status403Forbidden);

        using var raw = new MemoryStream(body, writable: false);
        if (BounceReport.Read(raw) is { IsFinal: true } report)
            await sender.Send(new RecordBounce(report), cancellation);
        return Results.NoContent();
    }

    private static bool Fits(string? given, string secret, byte[] body) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(SignatureOf(secret, body)));

    private static async Task<byte[]?> Body(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (body.Length + read > LargestReport)
                return null;
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return body.ToArray();
    }
}

/// <summary>An e-mail came back, or its receiver complained of it.</summary>
/// <returns>False when no message of ours is meant.</returns>
internal sealed record RecordBounce(BounceReport Report) : IRequest<bool>;

internal sealed class RecordBounceHandler(Data.IntegrationDb db, ISender sender) : IRequestHandler<RecordBounce, bool>
{
    public async ValueTask<bool> Handle(RecordBounce request, CancellationToken cancellationToken)
    {
        var report = request.Report;
        var message = await db.Set<OutboundMessage>().SingleOrDefaultAsync(
            row => row.Id == report.MessageId && row.Medium == Medium.Email && row.ProviderId == report.ProviderId,
            cancellationToken);
        if (message is null)
            return false;

        // Whoever calls our mail spam wants no more of it.
        if (report.Status is not { } status)
            return await sender.Send(new OptOutNumber(message.LineId, message.To, "provider"), cancellationToken);
        return await sender.Send(
            new ReportDelivery(report.ProviderId, message.Id, message.To, DeliveryState.Undelivered, SmtpAnswer.Bounced(status)),
            cancellationToken);
    }
}
