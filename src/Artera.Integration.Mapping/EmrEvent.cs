using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>
/// One thing that a message says happened in the EMR. A message may say several: a group visit tells of one
/// appointment for each patient, an A40 of several merges.
/// </summary>
public abstract record EmrEvent
{
    /// <summary>The patient that the event is about, with everything the message says of that person.</summary>
    public required PatientFacts Patient { get; init; }

    /// <summary>
    /// Which version of the patient these facts are from, where the message says so apart from its own (FHIR: an
    /// appointment, and the Patient whom it refers to); null: that of the message.
    /// </summary>
    public FactsVersion? PatientAsOf { get; init; }
}

/// <summary>A version of something that a message carries beside its own subject.</summary>
/// <param name="At">meta.lastUpdated; null when the server gives none.</param>
/// <param name="Id">meta.versionId, or empty.</param>
/// <param name="SaysNothing">True when only the identifier is known: whatever else is known of the patient is newer.</param>
public sealed record FactsVersion(Instant? At, string Id, bool SaysNothing = false);

/// <summary>Demographics: the patient is added, or updated with what the message states.</summary>
public sealed record PatientUpdated : EmrEvent;

/// <summary>
/// Two identifiers turn out to be one person (ADT^A18, A34, A40, A47; FHIR Patient.link replaced-by).
/// <see cref="EmrEvent.Patient"/> survives.
/// </summary>
public sealed record PatientsMerged : EmrEvent
{
    /// <summary>The identifier that no longer stands for a person of its own (MRG-1).</summary>
    public required string LosingId { get; init; }
}

/// <summary>Something happened to an appointment (SIU; FHIR Appointment).</summary>
public sealed record AppointmentChanged : EmrEvent
{
    /// <summary>What the trigger event says happened; it decides over the status code (SCH-25).</summary>
    public required AppointmentChange Change { get; init; }

    /// <summary>What the message states of the appointment.</summary>
    public required AppointmentFacts Appointment { get; init; }
}

/// <summary>A recall: a call to action with a due date (ORM, OMG; FHIR ServiceRequest by mapping).</summary>
public sealed record RecallChanged : EmrEvent
{
    /// <summary>New or changed, cancelled, or completed (ORC-1, ORC-5).</summary>
    public required OrderChange Change { get; init; }

    /// <summary>The external id, unique within the EMR feed.</summary>
    public required string Id { get; init; }

    /// <summary>When the patient should have been seen.</summary>
    public Stated<LocalDate> Due { get; init; }

    /// <summary>What the recall is for: the EMR's code and text.</summary>
    public Stated<Coded> Type { get; init; }

    /// <summary>TQ1-9 or ORC-7.6, in the EMR's words.</summary>
    public Stated<string> Priority { get; init; }

    /// <summary>Who should see the patient.</summary>
    public Stated<Coded> Provider { get; init; }

    /// <summary>Where.</summary>
    public Stated<Coded> Location { get; init; }
}

/// <summary>
/// A referral (REF^I12, I13, I14; FHIR ServiceRequest by mapping). Its demographics make a patient known who was not, and
/// update nobody.
/// </summary>
public sealed record ReferralChanged : EmrEvent
{
    /// <summary>New or changed, cancelled, or completed.</summary>
    public required OrderChange Change { get; init; }

    /// <summary>The external id, unique within the EMR feed.</summary>
    public required string Id { get; init; }

    /// <summary>What the referral is for.</summary>
    public Stated<Coded> Type { get; init; }

    /// <summary>RF1-2, table 0280.</summary>
    public Stated<string> Priority { get; init; }

    /// <summary>Whether the visit has been scheduled, in the words of the mapping's table.</summary>
    public Stated<string> SchedulingStatus { get; init; }

    /// <summary>RF1-1, table 0283, through the mapping's table.</summary>
    public Stated<string> AuthorizationStatus { get; init; }

    /// <summary>The provider referred to (PRD with role RT).</summary>
    public Stated<Coded> Provider { get; init; }

    /// <summary>Where.</summary>
    public Stated<Coded> Location { get; init; }

    /// <summary>RF1-8.</summary>
    public Stated<LocalDate> Expires { get; init; }
}

/// <summary>What happened to an appointment.</summary>
public enum AppointmentChange
{
    /// <summary>SIU^S12; an id that exists already is updated.</summary>
    Book,

    /// <summary>SIU^S13: a new time or resource; the patient is asked again.</summary>
    Reschedule,

    /// <summary>SIU^S14, S18 to S22: anything else.</summary>
    Update,

    /// <summary>SIU^S15, whatever SCH-25 says.</summary>
    Cancel,

    /// <summary>SIU^S16: the rest of a series will not happen.</summary>
    Discontinue,

    /// <summary>SIU^S17: entered in error.</summary>
    Delete,

    /// <summary>SIU^S26.</summary>
    NoShow,
}

/// <summary>What happened to a recall or a referral.</summary>
public enum OrderChange
{
    /// <summary>New, or known and changed.</summary>
    Active,

    /// <summary>Cancelled or discontinued.</summary>
    Cancelled,

    /// <summary>Done.</summary>
    Completed,
}

/// <summary>What the EMR says of an appointment, after the mapping's table of statuses.</summary>
public enum EmrStatus
{
    /// <summary>Booked, not yet confirmed.</summary>
    Booked,

    /// <summary>Confirmed in the EMR.</summary>
    Confirmed,

    /// <summary>The patient is there.</summary>
    Arrived,

    /// <summary>The visit is over.</summary>
    Completed,

    /// <summary>Cancelled.</summary>
    Cancelled,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>Entered in error.</summary>
    Deleted,
}

/// <summary>Sex as HL7 table 0001 and FHIR administrative gender share it.</summary>
public enum Sex
{
    /// <summary>U, A, N or nothing.</summary>
    Unknown,

    /// <summary>F.</summary>
    Female,

    /// <summary>M.</summary>
    Male,

    /// <summary>O.</summary>
    Other,
}
