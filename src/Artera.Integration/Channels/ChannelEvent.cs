namespace Artera.Integration.Channels;

/// <summary>The stable words of <see cref="ChannelLine.Event"/>.</summary>
public static class ChannelEvent
{
    public const string Booked = "booked";
    public const string Changed = "changed";
    public const string CancelledByEmr = "cancelled-in-emr";
    public const string Confirmed = "confirmed";
    public const string CancelRequested = "cancel-requested";
    public const string RescheduleRequested = "reschedule-requested";
    public const string AnswerWithdrawn = "answer-withdrawn";
    public const string InTheEmr = "in-the-emr";
    public const string NotInTheEmr = "not-in-the-emr";
    public const string QuestionStillOpen = "question-still-open";
    public const string SharedNumber = "shared-number";
    public const string OptedOut = "opted-out";
    public const string OptedIn = "opted-in";
    public const string NotDelivered = "not-delivered";
    public const string Merged = "merged";
    public const string Deceased = "deceased";
    public const string Opened = "opened";
    public const string Closed = "closed";
    public const string Linked = "linked";
    public const string RuleMatched = "rule-matched";
    public const string Mentioned = "mentioned";
}
