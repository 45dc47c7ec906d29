namespace Artera.Integration.Mapping.Reading;

/// <summary>What a scheduling message says of a visit. The trigger event decides what happened; the status only refines S12 to S14.</summary>
internal static class AppointmentReading
{
    public static AppointmentChanged Read(FieldReader reader, RuleSet rules, EventAction action, bool sharesId)
    {
        if (sharesId && reader.Trace is { } trace)
            trace.Note = "kept apart by patient: id/patient id";
        var id = reader.Required(rules[MappingFields.AppointmentId], MappingFields.AppointmentId);
        reader.Lenient = action.MustNotWait();
        reader.StandingOnly = !action.MustNotWait();
        var patient = PatientReading.Read(reader, rules);
        return new()
        {
            Patient = patient,
            Change = action.ToAppointmentChange(),
            Appointment = Facts(reader, rules, action) with
            {
                Id = sharesId ? $"{id}/{patient.Id}" : id,
                OtherId = sharesId ? id : $"{id}/{patient.Id}",
            },
        };
    }

    private static AppointmentFacts Facts(FieldReader reader, RuleSet rules, EventAction action)
    {
        if (action == EventAction.UpdateResources)
            return Resources(reader, rules);
        var status = action.MustNotWait() ? default : reader.First<EmrStatus>(rules[MappingFields.Status], Takes.Status);
        var ends = action.MustNotWait() || (status.HasValue && status.Value == EmrStatus.Cancelled);
        return new()
        {
            Id = "",
            Start = Start(reader, rules, action),
            Minutes = reader.First<int>(rules[MappingFields.Minutes], Takes.Minutes),
            Type = reader.First<Coded>(rules[MappingFields.Type], Takes.Code),
            Provider = reader.First<Coded>(rules[MappingFields.Provider], Takes.Code),
            Location = reader.First<Coded>(rules[MappingFields.Location], Takes.Code),
            Device = reader.First<Coded>(rules[MappingFields.Device], Takes.Code),
            General = reader.First<Coded>(rules[MappingFields.General], Takes.Code),
            Status = status,
            CancelReason = ends ? reader.First<string>(rules[MappingFields.CancelReason], Takes.Text) : default,
            Replaces = reader.First<string>(rules[MappingFields.Replaces], Takes.Text),
            Series = reader.First<string>(rules[MappingFields.Series], Takes.Text),
            ChangedBy = reader.First<string>(rules[MappingFields.ChangedBy], Takes.Text),
        };
    }

    private static Stated<VisitStart> Start(FieldReader reader, RuleSet rules, EventAction action)
    {
        var rule = rules[MappingFields.Start];
        var start = reader.First<VisitStart>(rule, Takes.Start);
        if (action == EventAction.Book && !start.HasValue && !reader.Held)
            reader.Hold(new("missing", MappingFields.Start.Name, rule?.Written));
        return start;
    }

    /// <summary>S18 to S22 speak of one service or resource; what S20 to S22 name is what goes away.</summary>
    private static AppointmentFacts Resources(FieldReader reader, RuleSet rules) =>
        reader.Range.Message.TriggerEvent is "S20" or "S21" or "S22"
            ? new() { Id = "" }
            : new()
            {
                Id = "",
                Provider = reader.First<Coded>(rules[MappingFields.Provider], Takes.Code),
                Location = reader.First<Coded>(rules[MappingFields.Location], Takes.Code),
                Device = reader.First<Coded>(rules[MappingFields.Device], Takes.Code),
                General = reader.First<Coded>(rules[MappingFields.General], Takes.Code),
            };
}
