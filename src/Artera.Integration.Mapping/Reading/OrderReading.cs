namespace Artera.Integration.Mapping.Reading;

/// <summary>What orders and referrals say: recalls and referrals.</summary>
internal static class OrderReading
{
    public static RecallChanged Recall(FieldReader reader, RuleSet rules, EventAction action)
    {
        var id = reader.Required(rules[MappingFields.RecallId], MappingFields.RecallId);
        var change = Change(reader, rules[MappingFields.RecallChange], MappingFields.RecallChange, action);
        reader.Lenient = change != OrderChange.Active;
        return new()
        {
            Patient = PatientReading.Read(reader, rules),
            Id = id,
            Change = change,
            Due = reader.First<NodaTime.LocalDate>(rules[MappingFields.RecallDue], Takes.Date),
            Type = reader.First<Coded>(rules[MappingFields.RecallType], Takes.Code),
            Priority = reader.First<string>(rules[MappingFields.RecallPriority], Takes.Text),
            Provider = reader.First<Coded>(rules[MappingFields.RecallProvider], Takes.Code),
            Location = reader.First<Coded>(rules[MappingFields.RecallLocation], Takes.Code),
        };
    }

    public static ReferralChanged Referral(FieldReader reader, RuleSet rules, EventAction action)
    {
        var id = reader.Required(rules[MappingFields.ReferralId], MappingFields.ReferralId);
        // Demographics are only for a patient whom nobody knows yet: they hold no referral.
        reader.Lenient = true;
        var patient = PatientReading.Read(reader, rules);
        reader.Lenient = false;
        var change = Change(reader, rules[MappingFields.ReferralChange], MappingFields.ReferralChange, action);
        reader.Lenient = change != OrderChange.Active;
        return new()
        {
            Patient = patient,
            Id = id,
            Change = change,
            Type = reader.First<Coded>(rules[MappingFields.ReferralType], Takes.Code),
            Priority = reader.First<string>(rules[MappingFields.ReferralPriority], Takes.Text),
            SchedulingStatus = reader.First<string>(rules[MappingFields.ReferralScheduling], Takes.Text),
            AuthorizationStatus = reader.First<string>(rules[MappingFields.ReferralAuthorization], Takes.Text),
            Provider = reader.First<Coded>(rules[MappingFields.ReferralProvider], Takes.Code),
            Location = reader.First<Coded>(rules[MappingFields.ReferralLocation], Takes.Code),
            Expires = reader.First<NodaTime.LocalDate>(rules[MappingFields.ReferralExpires], Takes.Date),
        };
    }

    private static OrderChange Change(FieldReader reader, CompiledRule? rule, MappingField field, EventAction action)
    {
        if (action is EventAction.CancelRecall or EventAction.CancelReferral)
            return OrderChange.Cancelled;
        if (action is EventAction.CompleteRecall or EventAction.CompleteReferral)
            return OrderChange.Completed;
        var change = reader.First<OrderChange>(rule, Takes.Change);
        if (rule is not null && !change.HasValue && !reader.Held)
            reader.Hold(new("missing", field.Name, rule.Written));
        return change.HasValue ? change.Value : OrderChange.Active;
    }
}
