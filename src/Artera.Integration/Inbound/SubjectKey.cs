using Artera.Integration.Mapping;

namespace Artera.Integration.Inbound;

/// <summary>
/// What a message is filed under beside its patient: an appointment by the identifier that the EMR has for it, an order
/// by the same with its kind before it, for an EMR counts orders and visits apart.
/// </summary>
internal static class SubjectKey
{
    private const string Recall = "recall:";
    private const string Referral = "referral:";

    public static string? Of(MessageKeys keys) =>
        keys.AppointmentId ?? (keys.RecallId is { } recall ? OfRecall(recall) : keys.ReferralId is { } referral ? OfReferral(referral) : null);

    public static string OfRecall(string externalId) => Recall + externalId;

    public static string OfReferral(string externalId) => Referral + externalId;

    public static MessageKeys Read(string? key) => key switch
    {
        null => default,
        _ when key.StartsWith(Recall, StringComparison.Ordinal) => new(null, null, RecallId: key[Recall.Length..]),
        _ when key.StartsWith(Referral, StringComparison.Ordinal) => new(null, null, ReferralId: key[Referral.Length..]),
        _ => new(null, key),
    };
}
