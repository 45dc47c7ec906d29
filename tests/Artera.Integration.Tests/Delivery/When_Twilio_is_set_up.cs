using Artera.Integration.Delivery.Twilio;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_Twilio_is_set_up
{
    [Theory]
    [InlineData("Twilio:AccountSid", "", "Twilio:AccountSid")]
    [InlineData("Twilio:AccountSid", "AC123", "Twilio:AccountSid")]
    [InlineData("Twilio:AuthToken", "", "Twilio:AuthToken")]
    [InlineData("Twilio:ApiKeySid", "SK00000000000000000000000000000001", "Twilio:ApiKeySecret")]
    [InlineData("Twilio:ApiKeySecret", "synthetic-secret", "Twilio:ApiKeySid")]
    [InlineData("Twilio:MessagingServiceSid", "MG-1", "Twilio:MessagingServiceSid")]
    [InlineData("Twilio:BaseUrl", "api.twilio.com", "Twilio:BaseUrl")]
    [InlineData("Twilio:PublicUrl", "", "Twilio:PublicUrl")]
    [InlineData("Twilio:PublicUrl", "/webhooks", "Twilio:PublicUrl")]
    [InlineData("Twilio:Timeout", "00:05:00", "Twilio:Timeout")]
    [InlineData("Twilio:ListedWithin", "00:00:00", "Twilio:ListedWithin")]
    [InlineData("Delivery:MostAtOnce", "0", "MostAtOnce")]
    [InlineData("Delivery:ClaimLasts", "00:00:01", "ClaimLasts")]
    public async Task The_server_does_not_start_half_configured_and_says_which_key(string key, string value, string named)
    {
        KeyValuePair<string, string?> wrong = new(key, value);
        KeyValuePair<string, string?>[] settings = [wrong, .. TwilioWorld.Settings("http://127.0.0.1:1").Where(setting => setting.Key != key)];

        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings: settings));

        refusal.Message.ShouldContain(named);
        refusal.Message.ShouldNotContain(FakeTwilio.Token);
    }

    [Fact]
    public async Task A_text_may_not_be_taken_for_missing_while_it_is_on_its_way()
    {
        KeyValuePair<string, string?>[] settings = [.. TwilioWorld.Settings("http://127.0.0.1:1"), new("Delivery:ClaimLasts", "00:00:06"), new("Twilio:ListedWithin", "00:00:02")];

        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => TestServer.Start(settings: settings));

        refusal.Message.ShouldContain("Twilio:Timeout must be shorter");
    }

    [Theory]
    [InlineData(21610, "OptedOut")]
    [InlineData(21614, "NotMobile")]
    [InlineData(21635, "NotMobile")]
    [InlineData(30006, "NotMobile")]
    [InlineData(21211, "Refused")]
    [InlineData(21408, "Refused")]
    [InlineData(21612, "Refused")]
    [InlineData(30003, "Refused")]
    [InlineData(30007, "Refused")]
    [InlineData(20003, "TryAgain")]
    [InlineData(20429, "TryAgain")]
    [InlineData(30001, "TryAgain")]
    [InlineData(99999, "Refused")]
    public void Each_code_has_its_meaning_and_its_words(int code, string meaning)
    {
        TwilioErrors.Outcome(code).GetType().Name.ShouldBe(meaning);
        Artera.Integration.Delivery.FailureWords.For(code.ToString(System.Globalization.CultureInfo.InvariantCulture)).ShouldEndWith(".");
    }
}
