using Artera.Integration.Appointments;
using Artera.Integration.Mapping;

namespace Artera.Integration.WriteBack;

internal static class WriteBackVerbs
{
    /// <summary>What the mapping calls an answer.</summary>
    public static WriteBackVerb Verb(this PatientStatus status) => status switch
    {
        PatientStatus.Confirmed => WriteBackVerb.Confirm,
        PatientStatus.Cancelled => WriteBackVerb.Cancel,
        PatientStatus.RescheduleRequested => WriteBackVerb.Reschedule,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "an EMR is told of answers only"),
    };
}
