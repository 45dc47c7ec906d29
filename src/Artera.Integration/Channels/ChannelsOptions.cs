using Artera.Integration.Appointments;

namespace Artera.Integration.Channels;

/// <summary>The section <c>Channels</c>.</summary>
public sealed class ChannelsOptions
{
    /// <summary>Answers that open a closed channel: any of <c>Confirmed</c>, <c>Cancelled</c>, <c>RescheduleRequested</c>.
    /// Default Cancelled and RescheduleRequested, which suits an EMR that takes answers back; without write-back add
    /// Confirmed, so that somebody enters it by hand.</summary>
    public List<string> StatusesThatReopen { get; init; } = [nameof(PatientStatus.Cancelled), nameof(PatientStatus.RescheduleRequested)];

    /// <summary>A text that could not be delivered opens the channel. Default false.</summary>
    public bool ReopenOnSmsFailure { get; set; }

    internal bool Reopens(PatientStatus status) => StatusesThatReopen.Contains(status.ToString(), StringComparer.OrdinalIgnoreCase);

    // Text, because the binder leaves out what is no member of an enumeration and says nothing.
    internal bool AreStatuses() => StatusesThatReopen.TrueForAll(status =>
        Enum.GetNames<PatientStatus>().Contains(status, StringComparer.OrdinalIgnoreCase));
}
