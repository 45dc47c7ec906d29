using Artera.Integration.Appointments;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.WriteBack;

namespace Artera.Integration.Web.Components;

/// <summary>How much a state wants to be noticed.</summary>
public enum Tone
{
    Plain,
    Good,
    Wait,
    Bad,
}

internal static class Tones
{
    public static Tone Of(PatientStatus status) => status switch
    {
        PatientStatus.Confirmed => Tone.Good,
        PatientStatus.Cancelled => Tone.Bad,
        PatientStatus.RescheduleRequested => Tone.Wait,
        _ => Tone.Plain,
    };

    public static Tone Of(EmrStatus status) => status switch
    {
        EmrStatus.Confirmed or EmrStatus.Arrived or EmrStatus.Completed => Tone.Good,
        EmrStatus.Cancelled or EmrStatus.NoShow or EmrStatus.Deleted => Tone.Bad,
        _ => Tone.Plain,
    };

    public static Tone Of(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => Tone.Good,
        DeliveryState.Undelivered or DeliveryState.Failed => Tone.Bad,
        _ => Tone.Plain,
    };

    public static Tone Of(InboxState state) => state switch
    {
        InboxState.Applied => Tone.Good,
        InboxState.Held or InboxState.Unmapped or InboxState.Received => Tone.Wait,
        InboxState.Failed or InboxState.Rejected => Tone.Bad,
        _ => Tone.Plain,
    };

    public static Tone Of(PlanState state) => state switch
    {
        PlanState.Sent => Tone.Good,
        PlanState.Planned => Tone.Wait,
        _ => Tone.Plain,
    };

    public static Tone Of(CampaignState state) => state switch
    {
        CampaignState.Running => Tone.Good,
        CampaignState.Paused => Tone.Wait,
        CampaignState.Stopped => Tone.Bad,
        _ => Tone.Plain,
    };

    public static Tone Of(InEmr state) => state switch
    {
        InEmr.Yes => Tone.Good,
        InEmr.Refused => Tone.Bad,
        InEmr.Dropped => Tone.Plain,
        _ => Tone.Wait,
    };

    public static Tone Of(WriteBackState state) => state switch
    {
        WriteBackState.Done => Tone.Good,
        WriteBackState.Pending or WriteBackState.NotSupported => Tone.Wait,
        WriteBackState.Parked => Tone.Bad,
        _ => Tone.Plain,
    };
}
