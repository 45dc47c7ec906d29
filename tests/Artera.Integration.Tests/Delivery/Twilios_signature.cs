using Artera.Integration.Delivery.Twilio;
using Microsoft.Extensions.Primitives;

namespace Artera.Integration.Tests.Delivery;

/// <summary>
/// The expected values were computed by Twilio's own library (npm <c>twilio</c> 6.2.0,
/// <c>require('twilio/lib/webhooks/webhooks').getExpectedTwilioSignature(token, url, form)</c>) from made-up requests.
/// </summary>
public sealed class Twilios_signature
{
    private const string Token = "synthetic-token-0123456789abcdef";
    private const string Messages = "https://texts.example.org/webhooks/twilio/messages";

    public static TheoryData<string, string, KeyValuePair<string, string[]>[]> Vectors => new()
    {
        {
            "6G6s9JBvqXzHjIqR4el8HDKrcZU=", Messages,
            [
                new("MessageSid", ["SM00000000000000000000000000000001"]), new("From", ["+15125550101"]), new("To", ["+15125550199"]),
                new("Body", ["Yes, thank you"]), new("NumMedia", ["0"]),
            ]
        },
        {
            "ktpvml/0l4RmU+V4eIVJCwmi0g0=", "https://texts.example.org/webhooks/twilio/status?message=17",
            [
                new("MessageSid", ["SM00000000000000000000000000000002"]), new("MessageStatus", ["delivered"]), new("To", ["+15125550101"]),
                new("From", ["+15125550199"]), new("AccountSid", ["AC00000000000000000000000000000000"]),
            ]
        },
        {
            "RUTw8W81HGorpEFZz3VsoMlqIDA=", Messages,
            [
                new("Body", ["sí, gracias 👍 & más = \"x\""]), new("From", ["+15125550101"]), new("FromCity", [""]), new("To", ["+15125550199"]),
                new("a", ["lower"]), new("A", ["upper"]), new("_z", ["1"]),
            ]
        },
        { "4C9KXKmummKWVpbOgeOwlrAQDAg=", Messages, [new("MediaUrl", ["b", "a", "b"]), new("Body", [""])] },
        { "VDWKv+cE6w+Z8kT6nP01zltPnV4=", "https://texts.example.org:8443/webhooks/twilio/messages", [new("Body", ["x"])] },
        {
            "BwZokrWRVeytq4ezu+KRzq9Hmao=", "https://texts.example.org/webhooks/twilio/voice?message=17",
            [
                new("CallSid", ["CA00000000000000000000000000000001"]), new("AccountSid", ["AC00000000000000000000000000000001"]), new("From", ["+15125550199"]), new("To", ["+15125550101"]),
                new("CallStatus", ["in-progress"]), new("Direction", ["outbound-api"]), new("AnsweredBy", ["human"]), new("ApiVersion", ["2010-04-01"]),
            ]
        },
        {
            "RLMI5F2pBrCjkZxCGGNOhfYjz0g=", "https://texts.example.org/webhooks/twilio/voice?message=17",
            [
                new("CallSid", ["CA00000000000000000000000000000001"]), new("From", ["+15125550199"]), new("To", ["+15125550101"]), new("Digits", ["1"]), new("msg", ["Gather Success."]),
                new("FinishedOnKey", [""]),
            ]
        },
        {
            "3BnMtQx1raJyr7nJRTi+P5LvKYs=", "https://texts.example.org:443/webhooks/twilio/calls?message=17",
            [new("CallSid", ["CA00000000000000000000000000000001"]), new("CallStatus", ["no-answer"]), new("CallDuration", ["0"]), new("To", ["+15125550101"])]
        },
        {
            "t5oFVtNcTN9xwhbC2s4wi5hiftc=", "https://texts.example.org/webhooks/twilio/status?message=17&note=caf%C3%A9+1%202",
            [new("MessageSid", ["SM1"]), new("Body", ["  two  spaces\r\nline "]), new("Empty", [""])]
        },
        {
            // Of a JSON body the address alone is signed, with the body's SHA-256 in it. Ours are posted as forms; JSON is refused.
            "T7yL2VX6NjE1Y/5ZKXQxt0YIJec=", "https://texts.example.org/webhooks/twilio/status?message=17&bodySHA256=28aa8a61bdcfe0f9a8e9f27ed6021ecbf1cc9c3a233f7e164553a3a844c0c43d", []
        },
        { "JCP0Mj7QHTS+mwwE37RtfYNj/7o=", "http://localhost:5080/webhooks/twilio/status?message=1&x=%2B1", [] },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Is_what_Twilios_own_library_makes_of_it(string signature, string url, KeyValuePair<string, string[]>[] form) =>
        TwilioSignature.Of(Token, url, Fields(form)).ShouldBe(signature);

    [Theory]
    [InlineData("qgJSC1QV1JOUGrGEKN2iWw2UXTQ=", "https://texts.example.org:8443/webhooks/twilio/messages")]
    [InlineData("TxhRUqVau5MQnJjJ9Clb8Mj4bI0=", Messages)]
    [InlineData("qgJSC1QV1JOUGrGEKN2iWw2UXTQ=", Messages)]
    public void Fits_with_the_port_or_without(string signature, string url) =>
        TwilioSignature.Fits(signature, Token, url, Fields([new("Body", ["x"])])).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("qgJSC1QV1JOUGrGEKN2iWw2UXTR=")]
    [InlineData("VDWKv+cE6w+Z8kT6nP01zltPnV4=")]
    public void Does_not_fit_when_it_is_another(string? signature) =>
        TwilioSignature.Fits(signature, Token, Messages, Fields([new("Body", ["x"])])).ShouldBeFalse();

    [Fact]
    public void Does_not_fit_when_a_word_was_changed() =>
        TwilioSignature.Fits("qgJSC1QV1JOUGrGEKN2iWw2UXTQ=", Token, Messages, Fields([new("Body", ["y"])])).ShouldBeFalse();

    private static KeyValuePair<string, StringValues>[] Fields(KeyValuePair<string, string[]>[] form) =>
        [.. form.Select(field => new KeyValuePair<string, StringValues>(field.Key, field.Value))];
}
