using System.Net;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery.Sandbox;

internal static class SandboxSetup
{
    private const int MostTexts = 500;

    /// <summary>Registered after the providers: a medium that one of them serves is theirs.</summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services)
    {
        foreach (var medium in Enum.GetValues<Medium>())
            services.AddSingleton<IMedium>(provider => new SandboxPhone(medium, provider.GetRequiredService<IServiceScopeFactory>()));
        return services;
    }

    /// <summary>Numbers travel in bodies, never in addresses, which end up in other people's logs.</summary>
    public static void MapSandbox(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/sandbox/api").AddEndpointFilter(OnThisMachine);
        api.MapGet("/texts", async (IntegrationDb db, CancellationToken cancellation, long since = 0) =>
            await Texts(db, since, number: null, cancellation));
        api.MapPost("/texts/search", async (SandboxSearch search, IntegrationDb db, CancellationToken cancellation) =>
            await Texts(db, search.Since, search.Number, cancellation));
        api.MapPost("/conversation", async (SandboxSearch search, IntegrationDb db, CancellationToken cancellation) =>
            (await db.SandboxConversation(search.Number, cancellation)).Select(line => new
            {
                At = line.At.ToDateTimeOffset(),
                line.FromPatient,
                line.LineNumber,
                Medium = line.Medium.ToString(),
                line.Body,
            }));
        api.MapPost("/answer", async (AnswerAsPatient answer, ISender sender, CancellationToken cancellation) =>
        {
            await sender.Send(answer, cancellation);
            return Results.Accepted();
        });
    }

    private static async Task<IEnumerable<object>> Texts(IntegrationDb db, long since, string? number, CancellationToken cancellation)
    {
        var texts = await db.Set<SandboxText>().AsNoTracking()
            .Where(text => text.Id > since && (number == null || text.To == number))
            .OrderBy(text => text.Id)
            .Take(MostTexts)
            .ToListAsync(cancellation);
        return texts.Select(text => new
        {
            text.Id,
            text.LineNumber,
            text.To,
            text.Body,
            Medium = text.Medium.ToString(),
            At = text.At.ToDateTimeOffset(),
        });
    }

    private static async ValueTask<object?> OnThisMachine(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        var here = call.HttpContext.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote);

        // A proxy on this machine, and a page elsewhere that has renamed this machine, look local too.
        var askedForHere = request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host, out var host) && IPAddress.IsLoopback(host));
        var forwarded = request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded");
        return here && askedForHere && !forwarded ? await next(call) : Results.NotFound();
    }
}

internal sealed record SandboxSearch(string Number, long Since = 0);
