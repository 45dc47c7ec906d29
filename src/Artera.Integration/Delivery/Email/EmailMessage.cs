using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Delivery.Words;
using MimeKit;
using MimeKit.Text;

namespace Artera.Integration.Delivery.Email;

/// <summary>A message as an e-mail: text and HTML, and the headers that mail programs act upon (RFC 2369, RFC 8058, RFC 3834).</summary>
internal static partial class EmailMessage
{
    /// <summary>The same for every attempt: a mail server, and whoever looks, can tell a repetition by it.</summary>
    public static string IdOf(OutboundMessage message, LinkSigner signer, EmailOptions options)
    {
        var unguessable = signer.Sign(LinkPurpose.Unsubscribe, BitConverter.GetBytes(message.Id))[^10..].Replace('_', 'z').Replace('-', 'y');
        return $"m{message.Id}.{unguessable}@{MailboxAddress.Parse(options.From!).Domain}";
    }

    public static MimeMessage Of(OutboundMessage message, LinkSigner signer, EmailOptions options)
    {
        var from = MailboxAddress.Parse(options.From!);
        var words = Spoken.In(message.Language);
        var unsubscribe = UnsubscribeLink.For(signer, message.Id);
        var mail = new MimeMessage
        {
            MessageId = IdOf(message, signer, options),
            Date = message.CreatedAt.ToDateTimeOffset(),
            Subject = message.Subject ?? options.FromName ?? from.Domain,
            Body = new MultipartAlternative(
                Part(TextFormat.Plain, $"{message.Body}\n\n-- \n{words.Email.Unsubscribe}: {unsubscribe}\n"),
                Part(TextFormat.Html, Html(message, words, unsubscribe))),
        };
        mail.From.Add(new MailboxAddress(Encoding.UTF8, options.FromName ?? "", from.Address));
        mail.To.Add(MailboxAddress.Parse(message.To));
        if (MailboxAddress.TryParse(options.ReplyTo, out var replyTo))
            mail.ReplyTo.Add(replyTo);
        mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
        mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static TextPart Part(TextFormat format, string text) =>
        new(format) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static string Html(OutboundMessage message, Spoken words, string unsubscribe)
    {
        var paragraphs = message.Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(paragraph => $"<p>{Linked(WebUtility.HtmlEncode(paragraph)).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>");
        var language = message.Language is { Length: > 0 } tag ? WebUtility.HtmlEncode(tag) : words.Language;
        return $"""
            <!doctype html>
            <html lang="{language}" dir="{(words.IsRightToLeft ? "rtl" : "ltr")}">
            <body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; color: #1f2933">
            {string.Join('\n', paragraphs)}
            <p style="font-size: 13px; color: #52606d"><a href="{WebUtility.HtmlEncode(unsubscribe)}" style="color: #52606d">{WebUtility.HtmlEncode(words.Email.Unsubscribe)}</a></p>
            </body>
            </html>
            """;
    }

    private static string Linked(string html) => Address().Replace(html, """<a href="$0">$0</a>""");

    [GeneratedRegex(@"https?://[^\s<>""]+[^\s<>"".,;:!?)]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
