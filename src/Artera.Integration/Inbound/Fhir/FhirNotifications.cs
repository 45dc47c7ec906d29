using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>What FHIR servers call: a notification is on the disk before it is answered, and understood after.</summary>
internal static class FhirNotifications
{
    private const string Signature = "X-Hub-Signature";

    public static void MapFhir(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/fhir/notifications/{feed}", ["POST", "PUT"], Receive).AllowAnonymous().DisableAntiforgery();
        // A server that posts the resource itself may put its type and id behind the address.
        app.MapMethods("/fhir/notifications/{feed}/{**resource}", ["POST", "PUT"], Receive).AllowAnonymous().DisableAntiforgery();
        app.MapGet("/fhir/keys/{feed}", Keys).AllowAnonymous();
    }

    private static async Task<IResult> Receive(string feed, HttpRequest request, FeedBook feeds, Journal journal, InboundMeter meter, FeedEar ear, TimeProvider time, CancellationToken cancellation)
    {
        if (feeds.Find(feed) is not { Options.Fhir.Subscription: { } subscription } known)
            return Results.NotFound();
        if (await Body(request, subscription.MaxBytes, cancellation) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (Refusal(request.Headers, subscription, body) is { } refusal)
            return Results.StatusCode(refusal);

        meter.Received(known.Name, 1);
        ear.Heard(known.Name);
        var entry = new JournalEntry(FhirIntake.Notification(known, body, time.Now()));
        journal.Queue(entry);
        await journal.CommitUnlessSomebodyDoes();
        return (await entry.Kept).Stored ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    /// <returns>401 when nothing is shown, 403 when it is wrong, null when it is right.</returns>
    private static int? Refusal(IHeaderDictionary headers, FhirSubscriptionOptions subscription, byte[] body)
    {
        var (header, expected) = subscription.SignatureSecret is { Length: > 0 } key
            ? (Signature, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body))}")
            : (subscription.Header, subscription.Secret);
        var shown = headers[header].ToString();
        if (shown.Length == 0)
            return StatusCodes.Status401Unauthorized;
        return !string.IsNullOrEmpty(expected) && Same(header == Signature ? shown.ToLowerInvariant() : shown, expected) ? null : StatusCodes.Status403Forbidden;
    }

    private static bool Same(string shown, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static async Task<byte[]?> Body(HttpRequest request, int most, CancellationToken cancellation)
    {
        if (request.ContentLength > most)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var read = 1; read > 0;)
        {
            read = await request.Body.ReadAsync(buffer, cancellation);
            if (body.Length + read > most)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static IResult Keys(string feed, FeedBook feeds) => feeds.Find(feed) is { } known && KeySet.Files(known.Options) is { Length: > 0 } files
        ? Results.Text(KeySet.Of(files), "application/json")
        : Results.NotFound();
}
