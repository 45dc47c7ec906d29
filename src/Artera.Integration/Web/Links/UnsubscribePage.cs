using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Delivery.Words;
using Artera.Integration.Operations.Audit;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Links;

/// <summary><c>/u/{token}</c>: opts the receiver of an e-mail out of its line, by a tap or by the mail program's own button (RFC 8058).</summary>
internal static class UnsubscribePage
{
    public static void MapUnsubscribePage(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/u/{token}", [HttpMethods.Get, HttpMethods.Head], Show).AllowAnonymous();
        app.MapPost("/u/{token}", Unsubscribe).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Show(string token, HttpContext http, IntegrationDb db, SignedLinks links, CancellationToken cancellation)
    {
        if (await Find(token, db, links, cancellation) is not { } message)
            return Unknown(http);
        var words = Spoken.In(message.Language);
        return LinkPage.Of(http, words, words.Email.Ask, $"""<form method="post"><button class="first">{LinkPage.Text(words.Email.Unsubscribe)}</button></form>""");
    }

    private static async Task<IResult> Unsubscribe(
        string token, HttpContext http, IntegrationDb db, SignedLinks links, ISender sender, CancellationToken cancellation)
    {
        if (await Find(token, db, links, cancellation) is not { } message)
            return Unknown(http);
        await sender.Send(new OptOutByLink(message), cancellation);
        var words = Spoken.In(message.Language);
        return LinkPage.Of(http, words, words.Email.Unsubscribe, LinkPage.Said(words.Email.Done));
    }

    private static async Task<OutboundMessage?> Find(string token, IntegrationDb db, SignedLinks links, CancellationToken cancellation) =>
        UnsubscribeLink.Read(await links.Signer(cancellation), token) is { } id
            ? await db.Set<OutboundMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Medium == Medium.Email, cancellation)
            : null;

    private static IResult Unknown(HttpContext http)
    {
        var words = LinkPage.Asked(http.Request);
        return LinkPage.Of(http, words, words.Email.Unsubscribe, LinkPage.Paragraph(words.Page.Invalid), StatusCodes.Status404NotFound);
    }
}

/// <summary>An opt-out by link, and that it was asked for so.</summary>
internal sealed record OptOutByLink(OutboundMessage Message) : IRequest<bool>;

internal sealed class OptOutByLinkHandler(ISender sender, AuditLog audit) : IRequestHandler<OptOutByLink, bool>
{
    public async ValueTask<bool> Handle(OptOutByLink request, CancellationToken cancellationToken)
    {
        audit.Note(ConfirmPage.Who, "opted out", request.Message.PatientId, $"message:{request.Message.Id}");
        return await sender.Send(new OptOutNumber(request.Message.LineId, request.Message.To, "link"), cancellationToken);
    }
}
