using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Artera.Integration.Delivery.Email;

/// <summary>What it means that an SMTP server did not take a message (RFC 5321, RFC 3463).</summary>
internal static partial class SmtpAnswer
{
    /// <param name="trouble">What was thrown.</param>
    /// <param name="left">Whether anything of the message itself was on its way: then the server may have it.</param>
    /// <returns>Null for what is no trouble of the line.</returns>
    public static SendOutcome? Outcome(Exception trouble, bool left) => trouble switch
    {
        // The account's trouble, not the message's: it passes when somebody has put the account right.
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } refused => new SendOutcome.TryAgain(Code(refused)),
        SmtpCommandException { StatusCode: >= (SmtpStatusCode)530 and <= (SmtpStatusCode)538 } refused => new SendOutcome.TryAgain(Code(refused)),
        SmtpCommandException { StatusCode: < (SmtpStatusCode)500 } refused => new SendOutcome.TryAgain(Code(refused)),
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused when IsUnknownAddress(refused) => new SendOutcome.NotMobile(Code(refused)),
        SmtpCommandException refused => new SendOutcome.Refused(Code(refused)),
        AuthenticationException => new SendOutcome.TryAgain("smtp-sign-in"),
        SslHandshakeException or NotSupportedException => new SendOutcome.TryAgain("smtp-tls"),
        OperationCanceledException or TimeoutException => Broken("smtp-no-answer", left),
        IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException => Broken(left ? "smtp-cut-off" : "smtp-no-connection", left),
        _ => null,
    };

    /// <summary>What a server says of an address after it had taken the message.</summary>
    /// <param name="status">The enhanced status code, such as <c>5.1.1</c>.</param>
    public static SendOutcome Bounced(string status) =>
        status.StartsWith("5.1.", StringComparison.Ordinal) ? new SendOutcome.NotMobile($"smtp-{status}") : new SendOutcome.Refused($"smtp-{status}");

    public static string? WordsFor(string code) => code switch
    {
        "smtp-sign-in" => "The mail server does not accept the sign-in of this server.",
        "smtp-tls" => "The mail server does not offer the security that is asked for, or its certificate is not trusted.",
        "smtp-no-answer" => "The mail server did not answer in time.",
        "smtp-cut-off" => "The connection to the mail server broke off.",
        "smtp-no-connection" => "The mail server could not be reached.",
        "smtp-address" => "The e-mail address is not valid.",
        "smtp-550" or "smtp-551" or "smtp-553" or "smtp-556" => "The mail server does not take e-mail for this address.",
        "smtp-552" => "The mailbox is full.",
        _ when code.StartsWith("smtp-5.1.", StringComparison.Ordinal) => "The e-mail address does not exist.",
        _ when code.StartsWith("smtp-5.2.", StringComparison.Ordinal) => "The mailbox is full or switched off.",
        _ when code.StartsWith("smtp-5.7.", StringComparison.Ordinal) => "The other side's mail server refused the e-mail by its rules.",
        _ when code.StartsWith("smtp-", StringComparison.Ordinal) => $"The mail server answered {code["smtp-".Length..]}.",
        _ => null,
    };

    /// <summary>Said of the address, not of us: a 550 without a closer word may be either.</summary>
    private static bool IsUnknownAddress(SmtpCommandException refused) =>
        (int)refused.StatusCode is 551 or 553 or 556 || BadAddress().IsMatch(refused.Message);

    private static SendOutcome Broken(string code, bool left) => left ? new SendOutcome.Unknown(code) : new SendOutcome.TryAgain(code);

    private static string Code(SmtpCommandException refused) => string.Create(CultureInfo.InvariantCulture, $"smtp-{(int)refused.StatusCode}");

    [GeneratedRegex(@"(^|\s)5\.1\.\d+\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BadAddress();
}
