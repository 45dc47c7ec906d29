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

    public static string Of(InboxState fate) => $"messages {fate.ToString().ToLowerInvariant()}";

    public static string Sent(string trigger) => $"sent: {trigger}";

    public static string Answered(string meaning) => $"answers: {meaning}";
}
