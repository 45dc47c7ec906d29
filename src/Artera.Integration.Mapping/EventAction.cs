namespace Artera.Integration.Mapping;

/// <summary>What a mapping's <c>events</c> table can make of a message event.</summary>
internal enum EventAction
{
    Book,
    Reschedule,
    Update,
    Cancel,
    Discontinue,
    Delete,
    NoShow,
    UpdateResources,
    UpdatePatient,
    MergePatient,
    MoveVisit,
    RenumberVisit,
    Recall,
    CancelRecall,
    CompleteRecall,
    Referral,
    CancelReferral,
    CompleteReferral,
    Ignore,
}

internal static class EventActions
{
    /// <summary>The words of the mapping language, each with its action.</summary>
    public static readonly IReadOnlyDictionary<string, EventAction> Words =
        Enum.GetValues<EventAction>().ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>The words for events of this form: services, visits and patients of their own move only in HL7 v2.</summary>
    public static IReadOnlyDictionary<string, EventAction> WordsOf(MessageForm form) => form == MessageForm.Hl7
        ? Words
        : Words.Where(word => word.Value is not (EventAction.UpdateResources or EventAction.MoveVisit or EventAction.RenumberVisit)).ToDictionary(StringComparer.Ordinal);

    public static string Word(this EventAction action) => Kebab.Of(action.ToString());

    public static bool IsAppointment(this EventAction action) => action <= EventAction.UpdateResources;

    public static bool IsRecall(this EventAction action) => action is EventAction.Recall or EventAction.CancelRecall or EventAction.CompleteRecall;

    public static bool IsReferral(this EventAction action) => action is EventAction.Referral or EventAction.CancelReferral or EventAction.CompleteReferral;

    /// <summary>The visit will not happen or did not: news that is never held back for a value that cannot be read.</summary>
    public static bool MustNotWait(this EventAction action) =>
        action is EventAction.Cancel or EventAction.Discontinue or EventAction.Delete or EventAction.NoShow;

    /// <summary>True when events of this action are read from the field's paths.</summary>
    public static bool Reads(this EventAction action, MappingField field) => field.Section switch
    {
        "patient" when field == MappingFields.Merged => action == EventAction.MergePatient,
        "patient" or "contact" => true,
        "appointment" when field == MappingFields.Moved => action is EventAction.MoveVisit or EventAction.RenumberVisit,
        "appointment" when field == MappingFields.Renumbered => action == EventAction.RenumberVisit,
        "appointment" => action.IsAppointment(),
        "recall" => action.IsRecall(),
        _ => action.IsReferral(),
    };

    public static AppointmentChange ToAppointmentChange(this EventAction action) => action switch
    {
        EventAction.Book => AppointmentChange.Book,
        EventAction.Reschedule => AppointmentChange.Reschedule,
        EventAction.Cancel => AppointmentChange.Cancel,
        EventAction.Discontinue => AppointmentChange.Discontinue,
        EventAction.Delete => AppointmentChange.Delete,
        EventAction.NoShow => AppointmentChange.NoShow,
        _ => AppointmentChange.Update,
    };
}
