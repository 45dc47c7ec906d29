using Artera.Integration.Appointments;

namespace Artera.Integration.Outreach.Hearing;

/// <summary>One thing that a rule for inbound messages does; exactly one of its members is set.</summary>
public sealed class Act
{
    /// <summary>Answers by text message, by language.</summary>
    public Dictionary<string, string>? Reply { get; set; }

    /// <summary>With a reply: not sent when one of its phrases has no value.</summary>
    public bool SkipIfEmpty { get; set; }

    /// <summary>Answers in the patient's name for the visits that the latest question was about.</summary>
    public VisitAct? Visit { get; set; }

    /// <summary>Lays the channel before a user or a group, by name.</summary>
    public string? Mention { get; set; }

    /// <summary>Closes the channel.</summary>
    public bool Close { get; set; }

    /// <summary>Marks the channel for a person to act.</summary>
    public bool NeedsAction { get; set; }

    internal int Count => new[] { Reply is not null, Visit is not null, Mention is not null, Close, NeedsAction }.Count(set => set);

    internal PatientStatus? Answer => Visit switch
    {
        VisitAct.Confirm => PatientStatus.Confirmed,
        VisitAct.Cancel => PatientStatus.Cancelled,
        _ => null,
    };
}

public enum VisitAct
{
    Confirm,
    Cancel,
}
