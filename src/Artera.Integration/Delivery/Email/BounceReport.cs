using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace Artera.Integration.Delivery.Email;

/// <summary>What a mail server reports of a message of ours: a delivery status notification (RFC 3464) or a complaint (RFC 5965).</summary>
/// <param name="MessageId">Ours.</param>
/// <param name="ProviderId">The Message-ID that it went out under.</param>
/// <param name="Status">The enhanced status code; null for a complaint.</param>
/// <param name="IsFinal">False while the server is still trying.</param>
internal sealed partial record BounceReport(long MessageId, string ProviderId, string? Status, bool IsFinal)
{
    public bool IsComplaint => Status is null;

    /// <returns>Null for what reports nothing, or nothing about a message of ours.</returns>
    public static BounceReport? Read(Stream raw)
    {
        MimeMessage mail;
        try
        {
            mail = MimeMessage.Load(raw);
        }
        catch (FormatException)
        {
            return null;
        }

        using (mail)
            return mail.Body is MultipartReport report ? Read(report) : null;
    }

    private static BounceReport? Read(MultipartReport report)
    {
        var named = report.Select(MessageIdIn).FirstOrDefault(id => id is not null);
        var groups = report.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups).ToList();
        named ??= groups.Select(group => Ours(group["Original-Envelope-Id"])).FirstOrDefault(id => id is not null);
        if (named is not { } ours)
            return null;
        if (report.ReportType == "feedback-report")
            return new(ours.MessageId, ours.ProviderId, null, IsFinal: true);

        var said = groups.Find(group => group["Action"] is not null);
        return said is null
            ? null
            : new(ours.MessageId, ours.ProviderId, Code().Match(said["Status"] ?? "") is { Success: true } code ? code.Value : "5.0.0",
                string.Equals(said["Action"], "failed", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The report brings back the message, or its headers.</summary>
    private static (long MessageId, string ProviderId)? MessageIdIn(MimeEntity part) => part switch
    {
        MessagePart { Message.MessageId: { } id } => Ours(id),
        TextPart { ContentType.MimeType: "text/rfc822-headers" } headers => Ours(HeaderLine().Match(headers.Text).Groups["id"].Value),
        _ => null,
    };

    private static (long MessageId, string ProviderId)? Ours(string? id) =>
        OurId().Match(id ?? "") is { Success: true } match && long.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)
            ? (number, match.Groups["whole"].Value)
            : null;

    [GeneratedRegex(@"^\s*<?(?<whole>m(?<number>\d{1,18})\.[A-Za-z0-9]{10}@[^>\s]+)>?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OurId();

    [GeneratedRegex(@"^Message-ID:\s*(?<id><[^>]+>)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Multiline, 1000)]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"[245]\.\d{1,3}\.\d{1,3}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
