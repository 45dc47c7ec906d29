using Artera.Integration.Inbound;

namespace Artera.Integration.Demo.Story;

/// <summary>The lines of the closing table.</summary>
internal static class Counts
{
    public const string Received = "messages received";
    public const string Resent = "resends, given the same ACK";
    public const string Patients = "patients";
    public const string Merges = "patients merged";
    public const string Visits = "appointments";
    public const string Waiting = "texts still planned";
    public const string WhoIsThis = "sent: who is this about?";
    public const string Confirmed = "written back: confirmed";
    public const string Cancelled = "written back: cancelled";
    public const string Parked = "write-backs not taken";
    public const string NeedAction = "channels that need a person";

    public const string FhirNotifications = "FHIR notifications";
    public const string FhirHandshakes = "FHIR handshakes";
    public const string FhirHeartbeats = "FHIR heartbeats";
    public const string FhirVersions = "FHIR versions of appointments";
    public const string FhirConfirmed = "FHIR appointments accepted by the patient";
    public const string FhirCancelled = "FHIR appointments cancelled by the patient";
    public const string FhirChanges = "FHIR changes made twice";

    private static readonly InboxState[] Fates =
        [InboxState.Applied, InboxState.Ignored, InboxState.Stale, InboxState.Unmapped, InboxState.Held, InboxState.Rejected];

    private static readonly string[] Meanings = ["confirm", "cancel", "choice", "plain", "opt-out"];

    public static string Of(InboxState fate) => $"messages {fate.ToString().ToLowerInvariant()}";

    public static string Sent(string trigger) => $"sent: {trigger}";

    public static string Answered(string meaning) => $"answers: {meaning}";

    /// <summary>As the story goes: what the feed brought, what was sent, what came back, what the EMR heard.</summary>
    public static IEnumerable<string> InOrder =>
    [
        Received, Resent,
        .. Fates.Select(Of),
        FhirHandshakes, FhirHeartbeats, FhirNotifications, FhirVersions,
        Patients, Merges, Visits,
        Sent(Names.Booking), .. Reminders.DaysBefore.Select(days => Sent(Names.Question(days))), Sent(Names.ReminderOfConfirmed),
        Sent(Names.Confirmed), Sent(Names.Cancelled), WhoIsThis, Sent(Names.ThankYou), Sent(Names.Survey), Sent(Names.NoShow), Waiting,
        .. Meanings.Select(Answered), NeedAction,
        Confirmed, Cancelled, FhirConfirmed, FhirCancelled, FhirChanges, Parked,
    ];
}
