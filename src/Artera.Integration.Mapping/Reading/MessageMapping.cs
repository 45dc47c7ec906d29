using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>One message on its way through the rules: each of its patients, merges or orders becomes an event.</summary>
internal sealed class MessageMapping(Hl7Message message, EventAction action, RuleSet rules, MessageClock clock, Trace? trace)
{
    private readonly List<EmrEvent> events = [];
    private readonly List<Cause> causes = [];
    private bool held;

    public MappingResult Run()
    {
        var groups = MessageGroups.Of(message, action);
        for (var i = 0; i < groups.Length; i++)
        {
            if (trace is not null)
                trace.Group = i + 1;
            if (!IsSkipped(groups[i]))
                Read(groups[i], sharesId: groups.Length > 1);
        }

        if (!held && action == EventAction.MergePatient)
            Untangle();
        return new()
        {
            Outcome = held ? MappingOutcome.Held : events.Count == 0 ? MappingOutcome.Ignored : MappingOutcome.Understood,
            Events = held ? [] : events,
            Causes = causes,
        };
    }

    private void Read(in Hl7Range group, bool sharesId)
    {
        var reader = new FieldReader(group, clock, causes, trace);
        events.Add(action switch
        {
            EventAction.UpdatePatient => new PatientUpdated { Patient = PatientReading.Read(reader, rules) },
            EventAction.MergePatient => MergeReading.Merge(reader, rules),
            EventAction.MoveVisit => MergeReading.Move(reader, rules),
            EventAction.RenumberVisit => MergeReading.Renumber(reader, rules),
            EventAction.Recall or EventAction.CancelRecall or EventAction.CompleteRecall => OrderReading.Recall(reader, rules, action),
            EventAction.Referral or EventAction.CancelReferral or EventAction.CompleteReferral => OrderReading.Referral(reader, rules, action),
            _ => AppointmentReading.Read(reader, rules, action, sharesId),
        });
        held |= reader.Held;
    }

    private bool IsSkipped(in Hl7Range group)
    {
        foreach (var rule in rules.Skip)
        {
            if (!rule.IsFor(message.MessageType, message.TriggerEvent) || !rule.Matches(group.Get(rule.When!).Text.Trim()))
                continue;
            var cause = new Cause("skipped", Path: rule.Written, Value: rule.Negated ? null : group.Get(rule.When!).Text.Trim(), Because: rule.Because);
            if (!causes.Contains(cause))
                causes.Add(cause);
            trace?.Skipped.Add($"{rule.Written}: {rule.Because}");
            return true;
        }

        return false;
    }

    /// <summary>Two pairs of one message that retire each other leave nobody.</summary>
    private void Untangle()
    {
        var merges = events.OfType<PatientsMerged>().ToList();
        held = merges.Exists(merge => merges.Exists(other => other.LosingId == merge.Patient.Id && merge.LosingId == other.Patient.Id));
        if (held)
            causes.Add(new("circular-merge", MappingFields.Merged.Name, rules[MappingFields.Merged]!.Written));
    }
}
