using Artera.Integration.Delivery.Email;
using Artera.Integration.Delivery.Twilio;

namespace Artera.Integration.Delivery;

/// <summary>Why a message did not go or arrive, in words for staff.</summary>
public static class FailureWords
{
    internal const string OptedOut = "opted-out";
    internal const string Expired = "expired";
    internal const string NoProvider = "no-provider";
    internal const string Lost = "lost";
    internal const string Unsettled = "unsettled";
    internal const string Unknown = "unknown";
    private const string HeldBackMark = "held-back:";

    /// <summary>One sentence for the code of a failed message.</summary>
    /// <param name="code"><see cref="OutboundMessage.FailureCode"/> or <see cref="Attempt.Code"/>.</param>
    public static string For(string code) => code switch
    {
        OptedOut => "The number has opted out of this line.",
        Expired => "It could not be sent in time and had lost its meaning.",
        NoProvider => "No provider is set up for this kind of message.",
        Lost => "It was handed over many times and the provider never had it.",
        Unsettled => "The provider could not tell for days whether it has the message.",
        _ when WasHeldBack(code) => $"It was held back before it left: {code[HeldBackMark.Length..].Replace('-', ' ')}.",
        _ => TwilioErrors.WordsFor(code) ?? SmtpAnswer.WordsFor(code) ?? $"The provider gave the code {code}.",
    };

    /// <summary>Whether somebody held the message back, so that it never left.</summary>
    public static bool WasHeldBack(string? code) => code?.StartsWith(HeldBackMark, StringComparison.Ordinal) == true;

    internal static string HeldBack(string reason) => HeldBackMark + reason;
}
