using System.Text.RegularExpressions;
using Artera.Integration.Delivery;

namespace Artera.Integration.Web.Components;

/// <summary>Names of states as people say them.</summary>
internal static partial class Words
{
    /// <summary><c>RescheduleRequested</c> reads <c>Reschedule requested</c>.</summary>
    public static string Of(Enum state)
    {
        var words = Capital().Replace(state.ToString(), match => match.Index == 0 ? match.Value : $" {match.Value.ToLowerInvariant()}");
        return words;
    }

    public static string Name(string? given, string? family, string address) =>
        $"{given} {family}".Trim() is { Length: > 0 } name ? name : address;

    public static string Refused(Medium medium) => medium switch
    {
        Medium.Sms => "no texts",
        Medium.Voice => "no calls",
        _ => "no e-mails",
    };

    public static string Failure(string? code) => code is null ? "" : FailureWords.For(code);

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Capital();
}
