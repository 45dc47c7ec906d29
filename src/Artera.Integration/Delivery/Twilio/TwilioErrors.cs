using System.Collections.Frozen;
using System.Globalization;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>Twilio's error codes as far as they matter here: what to do, and what to tell staff. Any other code is a refusal.</summary>
internal static class TwilioErrors
{
    private enum Meaning
    {
        Refused,
        TryAgain,
        LineIsFull,
        OptedOut,
        NotMobile,
    }

    private static readonly FrozenDictionary<int, (Meaning Meaning, string Words)> Known = new Dictionary<int, (Meaning, string)>
    {
        // The account's trouble, not the message's: it passes when somebody has put the account right.
        [20003] = (Meaning.TryAgain, "Twilio does not accept the sign-in of this server."),
        [20005] = (Meaning.TryAgain, "The Twilio account is not active."),
        [20006] = (Meaning.TryAgain, "The Twilio account may not do this."),
        [20008] = (Meaning.TryAgain, "Twilio's test credentials cannot send."),
        [20404] = (Meaning.TryAgain, "Twilio does not know the account."),
        [20429] = (Meaning.LineIsFull, "Twilio was asked too often and wants a pause."),
        [20500] = (Meaning.TryAgain, "Twilio had a fault of its own."),
        [20503] = (Meaning.TryAgain, "Twilio was not available."),
        [21611] = (Meaning.LineIsFull, "The line's queue at Twilio is full."),
        [30001] = (Meaning.LineIsFull, "The line's queue at Twilio is full."),
        [30002] = (Meaning.TryAgain, "The Twilio account is suspended."),

        [21610] = (Meaning.OptedOut, "The number has opted out of this line."),

        [21614] = (Meaning.NotMobile, "The number is not a mobile phone."),
        [21635] = (Meaning.NotMobile, "The number is a landline."),
        [30006] = (Meaning.NotMobile, "The number is a landline, or its carrier cannot be reached."),

        [21210] = (Meaning.Refused, "The line's number cannot be called from."),
        [21211] = (Meaning.Refused, "The number is not a valid phone number."),
        [21212] = (Meaning.Refused, "The line's number is not a valid sender."),
        [21214] = (Meaning.Refused, "The number cannot be called."),
        [21215] = (Meaning.Refused, "Calls to this country are switched off at Twilio."),
        [21219] = (Meaning.Refused, "A trial account can only call numbers that it has verified."),
        [21265] = (Meaning.Refused, "The number is a short code and cannot receive texts."),
        [21266] = (Meaning.Refused, "The number is the line itself."),
        [21268] = (Meaning.Refused, "The number is a premium number and cannot be texted."),
        [21408] = (Meaning.Refused, "Texts to this country are switched off at Twilio."),
        [21602] = (Meaning.Refused, "The message has no text."),
        [21603] = (Meaning.Refused, "The line has no number to send from."),
        [21604] = (Meaning.Refused, "There is no number to send to."),
        [21606] = (Meaning.Refused, "The line's number cannot send texts."),
        [21608] = (Meaning.Refused, "A trial account can only text numbers that it has verified."),
        [21612] = (Meaning.Refused, "This line cannot reach that number."),
        [21617] = (Meaning.Refused, "The text is longer than 1,600 characters."),
        [21659] = (Meaning.Refused, "The line's number is not a Twilio number of this country."),
        [21660] = (Meaning.Refused, "The line's number does not belong to this Twilio account."),
        [21703] = (Meaning.Refused, "The Messaging Service has no number to send from."),
        [21705] = (Meaning.Refused, "The Messaging Service is not valid."),
        [21711] = (Meaning.Refused, "The line's number is not in the Messaging Service."),
        [30003] = (Meaning.Refused, "The phone could not be reached: off, out of range, or it cannot take texts."),
        [30004] = (Meaning.Refused, "The phone or its carrier blocks these texts."),
        [30005] = (Meaning.Refused, "The number is unknown or no longer in service."),
        [30007] = (Meaning.Refused, "The carrier took the text for spam and filtered it."),
        [30008] = (Meaning.Refused, "The carrier gave no reason."),
        [30009] = (Meaning.Refused, "A part of the text was lost on the way."),
        [30010] = (Meaning.Refused, "The text costs more than allowed."),
        [30022] = (Meaning.Refused, "The carrier's limit for this line was exceeded."),
        [30023] = (Meaning.Refused, "The carrier's daily limit for this sender was reached."),
        [30032] = (Meaning.Refused, "The toll-free line has not been verified."),
        [30034] = (Meaning.Refused, "The line is not registered with the carriers (A2P 10DLC)."),
        [30410] = (Meaning.Refused, "The carrier did not answer in time."),
        [30450] = (Meaning.Refused, "Twilio blocked the text to protect against fraud."),
        [30453] = (Meaning.Refused, "Twilio blocked the text to protect against fraud."),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Transport = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["no-connection"] = "Twilio could not be reached.",
        ["paused"] = "Twilio kept failing, so sending to it rests for a moment.",
        ["no-answer"] = "Twilio did not answer in time.",
        ["cut-off"] = "The connection to Twilio broke off.",
        ["call-busy"] = "The line was busy.",
        ["call-no-answer"] = "Nobody answered the call.",
        ["call-failed"] = "The call could not be connected.",
        ["call-canceled"] = "The call was cancelled before anybody answered.",
        ["unreadable"] = "Twilio's answer could not be read.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a code means for a message that has not been accepted.</summary>
    public static SendOutcome Outcome(int code, NodaTime.Duration? after = null)
    {
        var text = code.ToString(CultureInfo.InvariantCulture);
        return Known.GetValueOrDefault(code).Meaning switch
        {
            Meaning.TryAgain => new SendOutcome.TryAgain(text, after),
            Meaning.LineIsFull => new SendOutcome.TryAgain(text, after, PausesLine: true),
            Meaning.OptedOut => new SendOutcome.OptedOut(text),
            Meaning.NotMobile => new SendOutcome.NotMobile(text),
            _ => new SendOutcome.Refused(text),
        };
    }

    /// <summary>What a code means for a message that was accepted and did not arrive: it is not tried again.</summary>
    public static SendOutcome Failure(string? code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Outcome(number) is SendOutcome.TryAgain again ? new SendOutcome.Refused(again.Code) : Outcome(number)
            : new SendOutcome.Refused(FailureWords.Unknown);

    public static string? WordsFor(string code)
    {
        if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Known.TryGetValue(number, out var error))
            return error.Words;
        return Transport.GetValueOrDefault(code)
            ?? (code.StartsWith("http-", StringComparison.Ordinal) ? $"Twilio answered with the HTTP status {code[5..]}." : null);
    }
}
