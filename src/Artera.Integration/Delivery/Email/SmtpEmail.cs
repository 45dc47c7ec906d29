using Artera.Integration.Delivery.Links;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;

namespace Artera.Integration.Delivery.Email;

/// <summary>E-mail over an SMTP server, a connection for each message.</summary>
internal sealed class SmtpEmail(IServiceScopeFactory scopes, IOptions<EmailOptions> options) : IMedium
{
    private readonly EmailOptions email = options.Value;

    public Medium Medium => Medium.Email;

    public Duration ListedWithin => Duration.Zero;

    public async Task<SendOutcome> Send(OutboundMessage message, CancellationToken cancellation)
    {
        if (!MailboxAddress.TryParse(message.To, out var to))
            return new SendOutcome.NotMobile("smtp-address");

        using var mail = EmailMessage.Of(message, await Signer(cancellation), email);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(email.Timeout);
        var watch = new Watch();
        using var client = new TellingClient();
        try
        {
            await client.ConnectAsync(email.Host!, email.Port, Security, patience.Token);
            if (email.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, email.Password!, patience.Token);
            var sender = MailboxAddress.Parse(string.IsNullOrWhiteSpace(email.BounceTo) ? email.From! : email.BounceTo);
            await client.SendAsync(FormatOptions.Default, mail, sender, [to], patience.Token, watch);
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested && SmtpAnswer.Outcome(trouble, watch.Left) is { } outcome)
        {
            return outcome;
        }

        return new SendOutcome.Accepted(mail.MessageId!);
    }

    /// <summary>
    /// SMTP has nowhere to look. An e-mail that nobody saw the end of is sent again under the same Message-ID: a mailbox that
    /// has it already can tell, and a patient who never got it would have missed the visit.
    /// </summary>
    public Task<SendOutcome> Find(OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation) =>
        Task.FromResult<SendOutcome>(new SendOutcome.NotThere());

    private SecureSocketOptions Security => email.Tls switch
    {
        EmailTls.Implicit => SecureSocketOptions.SslOnConnect,
        EmailTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private async Task<LinkSigner> Signer(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignedLinks>().Signer(cancellation);
    }

    /// <summary>Asks for reports of what could not be delivered, with our name for the message in them (RFC 3461).</summary>
    private sealed class TellingClient : SmtpClient
    {
        protected override string? GetEnvelopeId(MimeMessage message) => message.MessageId;

        protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
            DeliveryStatusNotification.Failure;
    }

    private sealed class Watch : ITransferProgress
    {
        public bool Left { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Left = true;

        public void Report(long bytesTransferred) => Left = true;
    }
}
