namespace Artera.Integration.Outreach;

/// <summary>Why a message is not sent, or what became of it: stable words, kept in rows and shown by the API.</summary>
public static class Reasons
{
    public const string Filtered = "filtered";
    public const string Paused = "paused";
    public const string Passed = "passed";
    public const string QuietHours = "quiet-hours";
    public const string Superseded = "superseded";
    public const string Ended = "ended";
    public const string VisitBooked = "visit-booked";
    public const string Expired = "expired";
    public const string Replaced = "replaced";
    public const string Cancelled = "cancelled";
    public const string Started = "started";
    public const string DayOnly = "day-only";
    public const string NoStart = "no-start";
    public const string Unmapped = "unmapped";
    public const string Deceased = "deceased";
    public const string DoNotContact = "do-not-contact";
    public const string OptedOut = "opted-out";
    public const string OptedOutInEmr = "opted-out-in-emr";
    public const string NoContact = "no-contact";
    public const string NoLine = "no-line";
    public const string TestPatient = "test-patient";
    public const string EmptyPhrase = "empty-phrase";
    public const string AddressChanged = "address-changed";
    public const string OtherMedium = "other-medium";
    public const string MergedInto = "merged-into";
    public const string Failed = "failed";
    public const string Replayed = "replayed";
    public const string CampaignPaused = "campaign-paused";
    public const string CampaignStopped = "campaign-stopped";
    public const string ToldBefore = "told-before";
    public const string Cooldown = "cooldown";
    public const string TooManyReplies = "too-many-replies";
    public const string NoReply = "no-reply";
    public const string SameNumber = "same-number";

    /// <summary>The reason as staff read it.</summary>
    /// <param name="reason">One of the stable words; null when there is nothing to explain.</param>
    /// <param name="detail">What the row says beside it.</param>
    public static string? InWords(string? reason, string? detail)
    {
        var words = reason switch
        {
            null => null,
            Filtered => "the rule does not apply",
            Paused => "the rule is paused",
            Passed => "its time had passed",
            QuietHours => "it fell into the quiet hours",
            Superseded => "replaced by a newer plan",
            Ended => "it was completed or cancelled",
            VisitBooked => "a visit is booked",
            Expired => "the referral had expired",
            Replaced => "another visit took its place",
            Cancelled => "the appointment was cancelled",
            Started => "the appointment had started",
            DayOnly => "the EMR gave a day without a time",
            NoStart => "the EMR gave no date",
            Unmapped => "no practice owns the location",
            Deceased => "the patient has died",
            DoNotContact => "the patient is not to be contacted",
            OptedOut => "the number has opted out of the line",
            OptedOutInEmr => "opted out in the EMR",
            NoContact => "no usable phone number or e-mail address",
            NoLine => "the practice has no line",
            TestPatient => "a test patient, and the number is not on the allow-list",
            EmptyPhrase => "a phrase of the text has no value",
            AddressChanged => "the number or address is no longer the patient's",
            OtherMedium => "by another medium or address",
            MergedInto => "told in one message with another visit of the day",
            Failed => "it could not be delivered",
            CampaignPaused => "the campaign is paused",
            CampaignStopped => "the campaign was stopped",
            ToldBefore => "the same campaign has reached the patient already",
            Cooldown => "the rule has answered this patient a short while ago",
            TooManyReplies => "three automatic replies in ten minutes are enough",
            NoReply => "the rule has no reply",
            SameNumber => "the same words have gone to this number for another patient of the campaign",
            Replayed => "the EMR's message was applied long after it came",
            _ => reason,
        };
        return detail is null || words is null ? words : $"{words} ({detail})";
    }
}
