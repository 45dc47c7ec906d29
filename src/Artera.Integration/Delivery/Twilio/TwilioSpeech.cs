using System.Xml.Linq;
using Artera.Integration.Delivery.Words;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>What Twilio is told to say in a call (TwiML), with a voice of the message's language.</summary>
internal static class TwilioSpeech
{
    private const string KeyTimeout = "8";

    /// <summary>The message, then the keys where an answer is awaited, and the one that stops such calls.</summary>
    public static string Message(OutboundMessage message, string callback, bool offersOptOut)
    {
        var words = Spoken.In(message.Language).Call;
        if (!message.Asks && !offersOptOut)
            return Response(Say(message.Body, message.Language), Pause(), Say(words.Goodbye, message.Language));
        var gather = new XElement(
            "Gather",
            new XAttribute("numDigits", "1"),
            new XAttribute("timeout", KeyTimeout),
            new XAttribute("method", "POST"),
            new XAttribute("action", callback),
            Say(message.Body, message.Language),
            Pause());
        if (message.Asks)
            gather.Add(Say(words.Keys, message.Language));
        if (offersOptOut)
            gather.Add(Say(words.OptOut, message.Language));
        return Response(gather, Say(words.Goodbye, message.Language));
    }

    /// <summary>The message for an answering machine: nobody is there to press keys.</summary>
    /// <param name="message">The message.</param>
    /// <param name="optOutNumber">Where to call to get no more such calls; null: that is not said.</param>
    public static string ForMachine(OutboundMessage message, string? optOutNumber) => string.IsNullOrEmpty(optOutNumber)
        ? Response(Pause(), Say(message.Body, message.Language))
        : Response(
            Pause(),
            Say(message.Body, message.Language),
            Say(Spoken.In(message.Language).Call.OptOutNumber.Replace("{0}", string.Join(' ', optOutNumber.Where(char.IsAsciiDigit)), StringComparison.Ordinal), message.Language));

    public static string Words(string words, string? language) => Response(Say(words, language));

    public static string HangUp() => Response(new XElement("Hangup"));

    private static string Response(params XElement[] verbs) =>
        new XElement("Response", verbs).ToString(SaveOptions.DisableFormatting);

    private static XElement Pause() => new("Pause", new XAttribute("length", "1"));

    private static XElement Say(string words, string? language)
    {
        var (voice, tag) = Voice(language ?? "en");
        return new XElement("Say", voice is null ? null : new XAttribute("voice", voice), new XAttribute("language", tag), words);
    }

    /// <summary>A language without a voice of ours is left to Twilio's.</summary>
    private static (string? Voice, string Tag) Voice(string language) => language.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "EN" => ("Polly.Joanna-Neural", "en-US"),
        "ES" => ("Polly.Lupe-Neural", "es-US"),
        "FR" when language.EndsWith("CA", StringComparison.OrdinalIgnoreCase) => ("Polly.Gabrielle-Neural", "fr-CA"),
        "FR" => ("Polly.Lea-Neural", "fr-FR"),
        "PT" => ("Polly.Camila-Neural", "pt-BR"),
        "RU" => ("Polly.Tatyana", "ru-RU"),
        "ZH" => ("Polly.Zhiyu-Neural", "cmn-CN"),
        "AR" => ("Polly.Zeina", "arb"),
        "VI" => ("Google.vi-VN-Wavenet-A", "vi-VN"),
        _ => (null, language),
    };
}
