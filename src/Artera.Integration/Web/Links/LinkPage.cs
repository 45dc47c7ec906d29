using System.Net;
using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Delivery.Words;

namespace Artera.Integration.Web.Links;

/// <summary>A page for patients: no script, nothing from elsewhere, not stored and not listed anywhere.</summary>
internal static class LinkPage
{
    private const string Style = """
        :root { color-scheme: light }
        body { margin: 0; background: #f3f5f7; color: #16202b; font: 1.125rem/1.5 system-ui, sans-serif }
        main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem }
        ul { list-style: none; margin: 0 0 1.25rem; padding: 0 }
        li { background: #fff; border: 1px solid #c4ccd4; border-radius: .5rem; padding: .75rem 1rem; margin-bottom: .5rem }
        .when { font-weight: 600 }
        .said { background: #e3f1ea; border: 1px solid #1d6b47; border-radius: .5rem; padding: .75rem 1rem; margin: 0 0 1.25rem }
        form { margin: 0 }
        button { display: block; width: 100%; min-height: 3.25rem; margin: 0 0 .75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; border-radius: .5rem; border: 2px solid #14578a; background: #fff; color: #0f4a78; cursor: pointer }
        button.first { background: #14578a; color: #fff }
        button:focus-visible, a:focus-visible { outline: 3px solid #b34700; outline-offset: 2px }
        a { color: #0f4a78 }
        a bdi { white-space: nowrap }
        """;

    public static IResult Of(HttpContext http, Spoken words, string title, string main, int status = StatusCodes.Status200OK)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        var html = $"""
            <!doctype html>
            <html lang="{words.Language}" dir="{(words.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex, nofollow">
            <title>{Text(title)}</title>
            <style nonce="{nonce}">{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Text(title)}</h1>
            {main}
            </main>
            </body>
            </html>
            """;
        return Results.Content(html, "text/html", Encoding.UTF8, status);
    }

    public static string Text(string? words) => WebUtility.HtmlEncode(words ?? "");

    public static string Paragraph(string words) => $"<p>{Text(words)}</p>";

    /// <summary>What has been done, read out by screen readers first.</summary>
    public static string Said(string words) => $"""<p class="said" role="status">{Text(words)}</p>""";

    /// <summary>For whoever has no link of ours: the language that their browser asks for.</summary>
    public static Spoken Asked(HttpRequest request) => Spoken.In(request.Headers.AcceptLanguage.ToString().Split(',', ';')[0].Trim());
}
