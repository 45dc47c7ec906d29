using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Email;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Delivery.Words;
using MimeKit;
using NodaTime;

namespace Artera.Integration.Tests.Delivery;

/// <summary>What we add to an e-mail by ourselves, in each language that we know.</summary>
public sealed class What_an_e_mail_says
{
    private static readonly LinkSigner Signer = new("https://texts.example.org", new byte[32]);

    [Theory]
    [InlineData("en", "ltr", "Unsubscribe from these e-mails")]
    [InlineData("es", "ltr", "Cancelar la suscripción a estos correos")]
    [InlineData("fr", "ltr", "Se désabonner de ces e-mails")]
    [InlineData("pt", "ltr", "Cancelar a inscrição nestes e-mails")]
    [InlineData("ru", "ltr", "Отказаться от таких писем")]
    [InlineData("vi", "ltr", "Ngừng nhận các email này")]
    [InlineData("zh", "ltr", "退订此类邮件")]
    [InlineData("ar", "rtl", "إلغاء الاشتراك في هذه الرسائل")]
    [InlineData("es-MX", "ltr", "Cancelar la suscripción a estos correos")]
    [InlineData("zh-Hant", "ltr", "退订此类邮件")]
    [InlineData("tlh", "ltr", "Unsubscribe from these e-mails")]
    [InlineData(null, "ltr", "Unsubscribe from these e-mails")]
    public void Its_subject_text_and_HTML_are_whole_and_end_with_the_way_out(string? language, string direction, string unsubscribe)
    {
        using var mail = EmailMessage.Of(Message(language), Signer, new EmailOptions { From = "visits@example.org" });

        var link = UnsubscribeLink.For(Signer, 0);
        mail.Subject.ShouldBe("Your visit · 예약");
        mail.TextBody!.ReplaceLineEndings("\n").ShouldBe($"Ana, <tomorrow>\nat 10:00.\n\nSee you & bye\n\n-- \n{unsubscribe}: {link}\n");
        mail.HtmlBody!.ShouldContain($"<html lang=\"{language ?? "en"}\" dir=\"{direction}\">");
        mail.HtmlBody!.ReplaceLineEndings("\n").ShouldContain("<p>Ana, &lt;tomorrow&gt;<br>\nat 10:00.</p>\n<p>See you &amp; bye</p>");
        System.Net.WebUtility.HtmlDecode(mail.HtmlBody!).ShouldContain($"<a href=\"{link}\" style=\"color: #52606d\">{unsubscribe}</a>");
        mail.Headers[HeaderId.ListUnsubscribe].ShouldBe($"<{link}>");
        mail.Headers[HeaderId.ListUnsubscribePost].ShouldBe("List-Unsubscribe=One-Click");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Fact]
    public void Every_language_that_we_know_is_in_the_table_above() =>
        Spoken.Known.Order(StringComparer.Ordinal).ShouldBe(["ar", "en", "es", "fr", "pt", "ru", "vi", "zh"]);

    private static OutboundMessage Message(string? language) => new()
    {
        Medium = Medium.Email,
        LineId = 1,
        From = "+12025550190",
        To = "ana@example.org",
        Subject = "Your visit · 예약",
        Body = "Ana, <tomorrow>\nat 10:00.\n\nSee you & bye",
        Language = language,
        Priority = Priority.Reminder,
        CreatedAt = Instant.FromUtc(2026, 11, 2, 12, 0),
        DueAt = Instant.FromUtc(2026, 11, 2, 12, 0),
    };
}
