namespace Artera.Integration.Mapping.Reading;

/// <summary>What merges and moves say: each PID with its MRG.</summary>
internal static class MergeReading
{
    public static PatientsMerged Merge(FieldReader reader, RuleSet rules)
    {
        var losing = reader.Required(rules[MappingFields.Merged], MappingFields.Merged);
        var patient = Survivor(reader, rules);
        if (losing.Length > 0 && losing == patient.Id)
        {
            reader.Lenient = false;
            reader.Hold(new("circular-merge", MappingFields.Merged.Name, rules[MappingFields.Merged]!.Written));
        }

        return new() { Patient = patient, LosingId = losing };
    }

    public static AppointmentChanged Move(FieldReader reader, RuleSet rules)
    {
        var visit = reader.Required(rules[MappingFields.Moved], MappingFields.Moved);
        return new() { Patient = Survivor(reader, rules), Change = AppointmentChange.Update, Appointment = new() { Id = visit } };
    }

    public static AppointmentChanged Renumber(FieldReader reader, RuleSet rules)
    {
        var former = reader.Required(rules[MappingFields.Moved], MappingFields.Moved);
        var id = reader.Required(rules[MappingFields.Renumbered], MappingFields.Renumbered);
        return new() { Patient = Survivor(reader, rules), Change = AppointmentChange.Update, Appointment = new() { Id = id, OtherId = former } };
    }

    private static PatientFacts Survivor(FieldReader reader, RuleSet rules)
    {
        reader.Lenient = true;
        return PatientReading.Read(reader, rules);
    }
}
