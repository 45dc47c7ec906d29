using System.Xml.Linq;
using Artera.Integration.Delivery.Words;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>What Twilio is told to say in a call (TwiML), with a voice of the message's language.</summary>
internal static class TwilioSpeech
{
    private const string KeyTimeout = "8";

    /// <summary>The message, and then the keys where an answer is awaited.</summary>
    public static string Message(OutboundMessage message, string callback)
    {
        var words = Spoken.In(message.Language).Call;
        return message.Asks
            ? Response(
                new XElement(
                    "Gather",
                    new XAttribute("numDigits", "1"),
                    new XAttribute("timeout", KeyTimeout),
                    new XAttribute("method", "POST"),
                    new XAttribute("action", callback),
                    Say(message.Body, message.Language),
                    Pause(),
                    Say(words.Keys, message.Language)),
                Say(words.Goodbye, message.Language))
            : Response(Say(message.Body, message.Language), Pause(), Say(words.Goodbye, message.Language));
    }

    /// <summary>The message for an answering machine: nobody is there to press keys.</summary>
    public static string ForMachine(OutboundMessage message) => Response(Pause(), Say(message.Body, message.Language));

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
