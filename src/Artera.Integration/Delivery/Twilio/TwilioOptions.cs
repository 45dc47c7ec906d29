using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>The section <c>Twilio</c>. Without any account setting in it, the sandbox phone takes the texts.</summary>
public sealed class TwilioOptions
{
    /// <summary>The account, <c>AC</c> and 32 hexadecimal digits.</summary>
    public string? AccountSid { get; set; }

    /// <summary>The account's token: signs what Twilio calls back, and signs in unless an API key is set.</summary>
    public string? AuthToken { get; set; }

    /// <summary>An API key to sign in with, <c>SK</c> and 32 hexadecimal digits; with <see cref="ApiKeySecret"/>.</summary>
    public string? ApiKeySid { get; set; }

    /// <summary>The secret of <see cref="ApiKeySid"/>.</summary>
    public string? ApiKeySecret { get; set; }

    /// <summary>A Messaging Service whose settings apply, <c>MG</c> and 32 hexadecimal digits; the lines must be in its sender pool.</summary>
    public string? MessagingServiceSid { get; set; }

    /// <summary>Where the API is.</summary>
    public string BaseUrl { get; set; } = "https://api.twilio.com";

    /// <summary>Where Twilio reaches this server, such as <c>https://texts.example.org</c>: what it signs begins with it.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long to wait for an answer; 100 ms to 30 seconds, default 15 seconds. Real time.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long Twilio may take to list a text that it has taken; 1 second to 10 minutes, default 30 seconds. A text whose
    /// sending nobody saw the end of is sent again when it is missing twice, this far apart.
    /// </summary>
    public TimeSpan ListedWithin { get; set; } = TimeSpan.FromSeconds(30);

    internal static bool Configured(IConfiguration section) =>
        new[] { nameof(AccountSid), nameof(AuthToken), nameof(ApiKeySid), nameof(ApiKeySecret), nameof(MessagingServiceSid) }
            .Any(key => !string.IsNullOrWhiteSpace(section[key]));
}

/// <summary>Says at the start what is missing, not with the first text that does not go.</summary>
internal sealed class TwilioOptionsRules(IOptions<DeliveryOptions> delivery) : IValidateOptions<TwilioOptions>
{
    public ValidateOptionsResult Validate(string? name, TwilioOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(TwilioOptions options)
    {
        if (!IsSid(options.AccountSid, "AC"))
            yield return "Twilio:AccountSid must be AC and 32 hexadecimal digits";
        if (string.IsNullOrWhiteSpace(options.AuthToken))
            yield return "Twilio:AuthToken is needed, also beside an API key: Twilio signs its callbacks with it";
        if (string.IsNullOrWhiteSpace(options.ApiKeySid) != string.IsNullOrWhiteSpace(options.ApiKeySecret))
            yield return "Twilio:ApiKeySid and Twilio:ApiKeySecret go together";
        if (!string.IsNullOrWhiteSpace(options.ApiKeySid) && !IsSid(options.ApiKeySid, "SK"))
            yield return "Twilio:ApiKeySid must be SK and 32 hexadecimal digits";
        if (!string.IsNullOrWhiteSpace(options.MessagingServiceSid) && !IsSid(options.MessagingServiceSid, "MG"))
            yield return "Twilio:MessagingServiceSid must be MG and 32 hexadecimal digits";
        if (!IsHttp(options.BaseUrl))
            yield return "Twilio:BaseUrl must be an absolute http or https address";
        if (!IsHttp(options.PublicUrl))
            yield return "Twilio:PublicUrl must be the absolute address at which Twilio reaches this server";
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(30))
            yield return "Twilio:Timeout must be between 100 ms and 30 seconds";
        if (options.Timeout >= (delivery.Value.ClaimLasts / 2) + options.ListedWithin)
            yield return "Twilio:Timeout must be shorter than half of Delivery:ClaimLasts and Twilio:ListedWithin together: a text on its way is not missing";
        if (options.ListedWithin < TimeSpan.FromSeconds(1) || options.ListedWithin > TimeSpan.FromMinutes(10))
            yield return "Twilio:ListedWithin must be between 1 second and 10 minutes";
    }

    private static bool IsSid(string? sid, string prefix) =>
        sid is { Length: 34 } && sid.StartsWith(prefix, StringComparison.Ordinal) && sid.AsSpan(2).ToString().All(char.IsAsciiHexDigit);

    private static bool IsHttp(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0;
}
