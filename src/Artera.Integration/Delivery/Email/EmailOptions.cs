using Artera.Integration.Delivery.Links;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Artera.Integration.Delivery.Email;

/// <summary>The section <c>Email</c>: e-mail over an SMTP server. Without a host the sandbox takes it.</summary>
public sealed class EmailOptions
{
    /// <summary>The SMTP server's name or address.</summary>
    public string? Host { get; set; }

    /// <summary>Its port: 587 for submission, 465 with <see cref="EmailTls.Implicit"/>; default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is secured; default <see cref="EmailTls.StartTls"/>.</summary>
    public EmailTls Tls { get; set; } = EmailTls.StartTls;

    /// <summary>The user to sign in as; null: the server takes mail from this machine without.</summary>
    public string? User { get; set; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string? Password { get; set; }

    /// <summary>The address that e-mail comes from.</summary>
    public string? From { get; set; }

    /// <summary>The name that stands beside <see cref="From"/>.</summary>
    public string? FromName { get; set; }

    /// <summary>Where replies go; null: to <see cref="From"/>.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>Where mail servers report what could not be delivered; null: to <see cref="From"/>.</summary>
    public string? BounceTo { get; set; }

    /// <summary>The key of the signature on what is posted to <c>/webhooks/email/bounces</c>; null: nothing is taken there.</summary>
    public string? BounceSecret { get; set; }

    /// <summary>How long one sending may take; 1 to 60 seconds, default 20. Real time.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    internal static bool Configured(IConfiguration section) => !string.IsNullOrWhiteSpace(section[nameof(Host)]);
}

/// <summary>How a connection to the SMTP server is secured.</summary>
public enum EmailTls
{
    /// <summary>TLS after STARTTLS, or no mail at all.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Implicit,

    /// <summary>None: only for a server on this machine or behind a VPN.</summary>
    None,
}

/// <summary>Says at the start what is missing, not with the first e-mail that does not go.</summary>
internal sealed class EmailOptionsRules(IConfiguration configuration, IOptions<DeliveryOptions> delivery) : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(EmailOptions options)
    {
        if (options.Port is < 1 or > 65535)
            yield return "Email:Port must be between 1 and 65535";
        if (!MailboxAddress.TryParse(options.From, out _))
            yield return "Email:From must be the address that e-mail comes from";
        foreach (var (key, address) in new[] { ("ReplyTo", options.ReplyTo), ("BounceTo", options.BounceTo) })
        {
            if (!string.IsNullOrWhiteSpace(address) && !MailboxAddress.TryParse(address, out _))
                yield return $"Email:{key} must be an e-mail address";
        }

        if (string.IsNullOrWhiteSpace(options.User) != string.IsNullOrWhiteSpace(options.Password))
            yield return "Email:User and Email:Password go together";
        if (!string.IsNullOrEmpty(options.BounceSecret) && options.BounceSecret.Length < 16)
            yield return "Email:BounceSecret must have 16 characters or more";
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromSeconds(60) || options.Timeout >= delivery.Value.ClaimLasts)
            yield return "Email:Timeout must be between 1 and 60 seconds and shorter than Delivery:ClaimLasts";
        if (!LinksSetup.SayWhere(configuration))
            yield return "Links:PublicUrl is needed for e-mail: the address to unsubscribe at begins with it";
    }
}
