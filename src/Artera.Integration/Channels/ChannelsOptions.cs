using Artera.Integration.Appointments;

namespace Artera.Integration.Channels;

/// <summary>The section <c>Channels</c>.</summary>
public sealed class ChannelsOptions
{
    /// <summary>Answers that open a closed channel: any of <c>Confirmed</c>, <c>Cancelled</c>, <c>RescheduleRequested</c>.
    /// Default Cancelled and RescheduleRequested, which suits an EMR that takes answers back; without write-back add
    /// Confirmed, so that somebody enters it by hand.</summary>
    public List<PatientStatus> StatusesThatReopen { get; init; } = [PatientStatus.Cancelled, PatientStatus.RescheduleRequested];

    /// <summary>A text that could not be delivered opens the channel. Default false.</summary>
    public bool ReopenOnSmsFailure { get; set; }
}
