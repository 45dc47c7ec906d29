using System.Globalization;
using System.Text;
using Artera.Integration.Data;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>
/// Whether Twilio has a message whose sending nobody saw the end of. Twilio keeps no id of ours, so it goes
/// by line, number, words and time; a call, whose words Twilio has not, by the rest. It asks for all that went from the line to the number, not by
/// <c>DateSent</c>: what Twilio has queued has no such date yet.
/// </summary>
internal sealed class TwilioLookup(IHttpClientFactory clients, TimeProvider time, IOptions<TwilioOptions> options)
{
    private const int MostPages = 20;
    private static readonly Duration Slack = Duration.FromMinutes(1);

    public async Task<SendOutcome> Find(
        string address, OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation)
    {
        try
        {
            return await Look(address, message, since, others, cancellation);
        }
        catch (Exception trouble) when (TwilioTrouble.Code(trouble, cancellation) is { } code)
        {
            return new SendOutcome.Unknown(code);
        }
    }

    private async Task<SendOutcome> Look(
        string address, OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(TwilioSetup.Client);
        var twilio = options.Value;
        var words = message.Medium == Medium.Voice ? "" : Words(message.Body);
        Instant? earliest = null;
        (Instant Created, string Sid)? best = null;
        string? page = $"{address}?To={Uri.EscapeDataString(message.To)}&From={Uri.EscapeDataString(message.From)}&PageSize=1000";
        for (var pages = 0; page is not null; pages++)
        {
            if (pages == MostPages)
                return new SendOutcome.Unknown("too-many");
            using var response = await client.GetAsync(page, cancellation);
            if (!response.IsSuccessStatusCode)
                return new SendOutcome.Unknown("http-" + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            if (await TwilioJson.Read<TwilioMessagePage>(response, cancellation) is not { } read || (read.Messages ?? read.Calls) is not { } messages)
                return new SendOutcome.Unknown("unreadable");

            earliest ??= ByTheirClock(response, since);
            foreach (var candidate in messages)
            {
                if (Created(candidate) is { } created && created >= earliest && candidate.Sid is { } sid && !others.Contains(sid)
                    && Words(candidate.Body ?? "").EndsWith(words, StringComparison.Ordinal)
                    && (best is null || created < best.Value.Created))
                {
                    best = (created, sid);
                }
            }

            page = NextPage(read.NextPageUri, twilio);
        }

        return best is { } found ? new SendOutcome.Accepted(found.Sid) : new SendOutcome.NotThere();
    }

    /// <summary>As long ago as it is for us, counted back from what their clock says now: the two need not agree.</summary>
    private Instant ByTheirClock(HttpResponseMessage response, Instant since)
    {
        var now = time.Now();
        var theirNow = response.Headers.Date is { } date ? Instant.FromDateTimeOffset(date) : now;
        return theirNow - (now - since) - Slack;
    }

    private static Instant? Created(TwilioMessage message) =>
        DateTimeOffset.TryParse(message.DateCreated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created)
            ? Instant.FromDateTimeOffset(created)
            : null;

    /// <summary>Only letters and digits count: Twilio may straighten quotes, drop spaces, or put a trial account's notice in front.</summary>
    private static string Words(string body)
    {
        var whole = string.Concat(body.EnumerateRunes());
        return string.Concat(whole.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(Rune.IsLetterOrDigit));
    }

    private static string? NextPage(string? next, TwilioOptions twilio)
    {
        if (string.IsNullOrEmpty(next))
            return null;
        return next.StartsWith('/') && !next.StartsWith("//", StringComparison.Ordinal)
            ? twilio.BaseUrl.TrimEnd('/') + next
            : throw new HttpRequestException("a page of messages points elsewhere");
    }
}
