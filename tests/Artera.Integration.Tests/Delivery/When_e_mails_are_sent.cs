using System.Net;
using Artera.Integration.Delivery;
using MimeKit;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_e_mails_are_sent : Every_provider
{
    private EmailWorld Email => (EmailWorld)World;

    private SmtpSink Smtp => Email.Smtp;

    [Fact]
    public async Task They_are_text_and_HTML_in_their_language_and_carry_the_address_to_unsubscribe_at()
    {
        var message = await World.Queue(World.Message("مرحبًا\n\nموعدك <غدًا> https://texts.example.org/c/abc.") with { Subject = "موعدك", Language = "ar" });

        await World.Becomes(message, OutboundState.Sent);

        var mail = Smtp.Mails.ShouldHaveSingleItem();
        mail.Sender.ShouldStartWith("MAIL FROM:<bounces@example.org>");
        mail.Sender.ShouldContain("ENVID=m1.");
        mail.Recipient.ShouldStartWith($"RCPT TO:<{World.Address(1)}> NOTIFY=FAILURE");
        var read = mail.Read();
        read.Subject.ShouldBe("موعدك");
        read.From.ToString().ShouldBe("\"Example Clinic\" <visits@example.org>");
        read.ReplyTo.ToString().ShouldBe("desk@example.org");
        read.Headers[HeaderId.ListUnsubscribePost].ShouldBe("List-Unsubscribe=One-Click");
        read.TextBody!.ShouldContain("إلغاء الاشتراك في هذه الرسائل: https://texts.example.org/u/");
        read.HtmlBody!.ShouldContain("<html lang=\"ar\" dir=\"rtl\">");
        read.HtmlBody!.ShouldContain("&lt;غدًا&gt;", customMessage: WebUtility.HtmlDecode(read.HtmlBody));
        read.HtmlBody!.ShouldContain("<a href=\"https://texts.example.org/c/abc\">");
    }

    [Fact]
    public async Task A_repetition_is_known_by_its_Message_ID()
    {
        Smtp.NextSays(SmtpSink.Step.Taken, null);
        var message = await World.Queue();

        var sent = await World.Becomes(message, OutboundState.Sent);

        sent.Attempts.ShouldBe(2);
        Smtp.Mails.Count.ShouldBe(2);
        Smtp.Mails.Select(mail => mail.Read().MessageId).Distinct().ShouldHaveSingleItem().ShouldBe(sent.ProviderId);
    }

    [Fact]
    public async Task One_click_unsubscribes_and_looking_does_not()
    {
        await World.Becomes(await World.Queue(World.Message() with { Language = "es" }), OutboundState.Sent);
        var address = Smtp.Mails.Single().Read().Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')[EmailWorld.PublicUrl.Length..];
        Email.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        var page = await Email.Http.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        page.ShouldContain("<html lang=\"es\"");
        (await OptedOut()).ShouldBeFalse();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["List-Unsubscribe"] = "One-Click" });
        using var answer = await Email.Http.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OptedOut()).ShouldBeTrue();
        (await World.Becomes(await World.Queue(), OutboundState.Failed)).FailureCode.ShouldBe("opted-out");

        Task<bool> OptedOut() => World.Server.Read(db => db.IsOptedOut(MediumWorld.LineId, World.Address(1), CancellationToken.None));
    }

    [Theory]
    [InlineData("550 5.7.1 not from you", false)]
    [InlineData("550 5.1.1 no such user", true)]
    [InlineData("553 no such mailbox", true)]
    public async Task A_refusal_of_the_address_is_told_from_a_refusal_of_us(string answer, bool isOfTheAddress)
    {
        Smtp.NextSays(SmtpSink.Step.Recipient, answer);

        await World.Becomes(await World.Queue(), OutboundState.Failed);

        World.Heard<MessageFailed>().ShouldHaveSingleItem().NotMobile.ShouldBe(isOfTheAddress);
    }

    [Theory]
    [InlineData("5.1.1", "failed", DeliveryState.Undelivered)]
    [InlineData("5.2.2", "failed", DeliveryState.Undelivered)]
    [InlineData("4.4.1", "delayed", DeliveryState.Sent)]
    public async Task What_comes_back_is_recorded(string status, string action, DeliveryState becomes)
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        using (var answer = await Email.PostBounce(Bounce(message.ProviderId!, status, action)))
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Email.PostBounce(Bounce(message.ProviderId!, status, action))).Dispose();

        var row = await World.Becomes(message, _ => true);
        row.Delivery.ShouldBe(becomes);
        if (becomes == DeliveryState.Undelivered)
        {
            row.FailureCode.ShouldBe($"smtp-{status}");
            FailureWords.For(row.FailureCode!).ShouldEndWith(".");
            World.Heard<MessageFailed>().ShouldHaveSingleItem().NotMobile.ShouldBe(status == "5.1.1");
        }
    }

    [Fact]
    public async Task Whoever_complains_of_it_gets_no_more()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        (await Email.PostBounce(Complaint(message.ProviderId!))).Dispose();

        (await World.Server.Read(db => db.IsOptedOut(MediumWorld.LineId, World.Address(1), CancellationToken.None))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_report_that_nobody_signed_is_not_taken()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        using var answer = await Email.PostBounce(Bounce(message.ProviderId!, "5.1.1", "failed"), signature: "sha256=00");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await World.Becomes(message, _ => true)).Delivery.ShouldBe(DeliveryState.Sent);
    }

    protected override async Task<MediumWorld> Open() => await EmailWorld.Open();

    /// <summary>SMTP cannot be asked: the repetition is sent, under the same Message-ID.</summary>
    protected override bool CanBeAsked => false;

    protected override void NextAsksForAPauseOf(TimeSpan pause) => Smtp.NextSays(SmtpSink.Step.Recipient, "451 4.7.1 try again later");

    protected override TimeSpan PauseAfter(TimeSpan asked) => TimeSpan.FromSeconds(2);

    protected override void NextRefuses() => Smtp.NextSays(SmtpSink.Step.Data, "554 5.7.1 no");

    protected override void NextSaysNotMobile() => Smtp.NextSays(SmtpSink.Step.Recipient, "550 5.1.1 no such user");

    protected override void NextIsSilent() => Smtp.NextSays(SmtpSink.Step.Lost, null);

    private static string Bounce(string id, string status, string action) => $"""
        From: postmaster@example.org
        To: bounces@example.org
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It could not be delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; patient1@example.org
        Action: {action}
        Status: {status}

        --b
        Content-Type: text/rfc822-headers

        Subject: x
        Message-ID: <{id}>

        --b--
        """;

    private static string Complaint(string id) => $"""
        From: abuse@example.org
        To: bounces@example.org
        Subject: Complaint
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        Somebody called it spam.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Example/1.0
        Version: 1

        --b
        Content-Type: message/rfc822

        From: visits@example.org
        To: patient1@example.org
        Message-ID: <{id}>
        Subject: x

        Hello
        --b--
        """;
}
