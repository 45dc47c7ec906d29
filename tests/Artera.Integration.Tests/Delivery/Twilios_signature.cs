using Artera.Integration.Delivery.Twilio;
using Microsoft.Extensions.Primitives;

namespace Artera.Integration.Tests.Delivery;

/// <summary>The expected values were computed by Twilio's own library, version 6.2.0, from made-up requests.</summary>
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
