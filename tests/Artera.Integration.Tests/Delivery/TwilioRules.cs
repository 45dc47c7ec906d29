using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Artera.Integration.Tests.Delivery;

/// <summary>
/// What Twilio's public OpenAPI description (github.com/twilio/twilio-oai, <c>spec/json/twilio_api_v2010.json</c>, and the
/// client that is made of it, npm <c>twilio</c> 6.2.0, MIT) lets a form have: the fields by name, those that must be there,
/// and the shape of those that we send.
/// </summary>
/// <param name="Fields">Every field of the operation.</param>
/// <param name="Required">Must be there.</param>
/// <param name="OneOf">Of each of these at least one must be there.</param>
internal sealed partial record TwilioRules(string[] Fields, string[] Required, string[][] OneOf)
{
    public static readonly TwilioRules CreateMessage = new(
        [
            "To", "StatusCallback", "ApplicationSid", "MaxPrice", "ProvideFeedback", "Attempt", "ValidityPeriod", "ForceDelivery", "ContentRetention",
            "AddressRetention", "SmartEncoded", "PersistentAction", "TrafficType", "ShortenUrls", "ScheduleType", "SendAt", "SendAsMms", "ContentVariables",
            "RiskCheck", "From", "FallbackFrom", "MessagingServiceSid", "Body", "MediaUrl", "ContentSid", "MessageIntent",
        ],
        ["To"],
        [["From", "MessagingServiceSid"], ["Body", "MediaUrl", "ContentSid"]]);

    public static readonly TwilioRules CreateCall = new(
        [
            "To", "From", "Method", "FallbackUrl", "FallbackMethod", "StatusCallback", "StatusCallbackEvent", "StatusCallbackMethod", "SendDigits", "Timeout",
            "Record", "RecordingChannels", "RecordingStatusCallback", "RecordingStatusCallbackMethod", "SipAuthUsername", "SipAuthPassword",
            "MachineDetection", "MachineDetectionTimeout", "RecordingStatusCallbackEvent", "Trim", "CallerId", "MachineDetectionSpeechThreshold",
            "MachineDetectionSpeechEndThreshold", "MachineDetectionSilenceTimeout", "AsyncAmd", "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod",
            "Byoc", "CallReason", "CallToken", "RecordingTrack", "TimeLimit", "ClientNotificationUrl", "Url", "Twiml", "ApplicationSid",
        ],
        ["To", "From"],
        [["Url", "Twiml", "ApplicationSid"]]);

    private const int LongestBody = 1600;

    public IEnumerable<string> Broken(IReadOnlyDictionary<string, StringValues> form) =>
    [
        .. form.Keys.Except(Fields).Select(field => $"{field} is no field"),
        .. form.Where(field => field.Value.Count != 1).Select(field => $"{field.Key} is there more than once"),
        .. Required.Except(form.Keys).Select(field => $"{field} is missing"),
        .. OneOf.Where(some => !some.Any(form.ContainsKey)).Select(some => $"none of {string.Join(", ", some)} is there"),
        .. form.Where(field => !Fits(field.Key, field.Value.ToString())).Select(field => $"{field.Key} cannot be {field.Value}"),
    ];

    private static bool Fits(string field, string value) => field switch
    {
        "To" or "From" => Phone().IsMatch(value),
        "MessagingServiceSid" => Service().IsMatch(value),
        "Url" or "StatusCallback" => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == "https",
        "MachineDetection" => value is "Enable" or "DetectMessageEnd",
        "Body" => value.Length is > 0 and <= LongestBody,
        _ => true,
    };

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}$", RegexOptions.None, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex("^MG[0-9a-fA-F]{32}$", RegexOptions.None, 1000)]
    private static partial Regex Service();
}
