namespace Artera.Integration.Mapping.Yaml;

/// <summary>What a mapping must say so that its events can be understood at all.</summary>
internal sealed class Completeness(
    MappingErrors errors,
    Dictionary<string, YamlText> keys,
    Dictionary<MappingField, FieldRule> rules,
    Dictionary<string, EventAction> events,
    MessageForm form)
{
    private static readonly string[] Needed = ["emr", "events"];

    public void Check()
    {
        foreach (var key in Needed.Where(key => !keys.ContainsKey(key)))
            errors.Add(new(1, 1), $"{key} is missing");
        Require(MappingFields.PatientId, EventActions.Words.Values);
        Require(MappingFields.AppointmentId, EventActions.Words.Values.Where(action => action.IsAppointment()));
        Require(MappingFields.Start, [EventAction.Book]);
        Require(MappingFields.Merged, [EventAction.MergePatient]);
        Require(MappingFields.Moved, [EventAction.MoveVisit]);
        Require(MappingFields.RecallId, EventActions.Words.Values.Where(action => action.IsRecall()));
        Require(MappingFields.ReferralId, EventActions.Words.Values.Where(action => action.IsReferral()));
    }

    private void Require(MappingField field, IEnumerable<EventAction> actions)
    {
        if (rules.ContainsKey(field) || !MappingFields.Of(form).Contains(field))
            return;
        var needed = actions.Intersect(events.Values).ToList();
        if (needed.Count > 0)
            errors.Add(keys.TryGetValue(field.Section, out var section) ? section.Place : new(1, 1), $"{field} is missing; the events that {needed[0].Word()} need it");
    }
}
