using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Web.Access;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

/// <summary>
/// A change, its audit entry and the answer to it commit together; the same <c>Idempotency-Key</c> again gets
/// that answer again and changes nothing.
/// </summary>
internal sealed class OnceOnly : IEndpointFilter
{
    private const string Header = "Idempotency-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length > KeptAnswer.LongestKey)
            return Problems.Bad($"{Header} is longer than {KeptAnswer.LongestKey} characters");

        var db = http.RequestServices.GetRequiredService<IntegrationDb>();
        var who = http.User.Who();
        var hash = await Hash(http.Request);
        using var turn = await http.RequestServices.GetRequiredService<WriteGate>().Enter(http.RequestAborted);
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (key.Length > 0 && await db.Set<KeptAnswer>().AsNoTracking().SingleOrDefaultAsync(row => row.Who == who && row.Key == key, http.RequestAborted) is { } kept)
            return kept.RequestHash.AsSpan().SequenceEqual(hash) ? new Written(kept.Status, kept.ContentType, kept.Body, Replayed: true) : Problems.KeyReused;

        var answer = await Written.From(await next(context), http);
        if (answer.Status >= StatusCodes.Status400BadRequest)
            return answer;

        if (key.Length > 0)
        {
            db.Add(new KeptAnswer
            {
                Who = who,
                Key = key,
                RequestHash = hash,
                Status = answer.Status,
                ContentType = answer.ContentType,
                Body = answer.Body,
                At = http.RequestServices.GetRequiredService<TimeProvider>().Now(),
            });
        }

        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return answer;
    }

    private static async Task<byte[]> Hash(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}\n"));
        request.Body.Position = 0;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return hash.GetHashAndReset();
    }
}
