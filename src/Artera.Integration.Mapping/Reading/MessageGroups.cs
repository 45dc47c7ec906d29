using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>The parts of a message that each tell of one thing.</summary>
internal static class MessageGroups
{
    private static readonly Hl7Path GroupAction = Hl7Path.Parse("RGS-2");

    public static Hl7Range[] Of(Hl7Message message, EventAction action)
    {
        if (action.IsAppointment())
            return Visits(message);
        if (action.IsRecall())
            return Hl7Groups.Orders(message);
        if (action is EventAction.MergePatient or EventAction.MoveVisit or EventAction.RenumberVisit && Hl7Groups.Merges(message) is { Length: > 0 } merges)
            return merges;
        return [message.Whole];
    }

    /// <summary>One a patient, each seen with the resources that the visit has, and not with those that it had before (RGS-2 = D).</summary>
    private static Hl7Range[] Visits(Hl7Message message)
    {
        var patients = Hl7Groups.Patients(message);
        if (Resources(message) is not { } resources)
            return patients;
        return patients.Length == 1 ? [resources] : Array.ConvertAll(patients, patient => patient.With(resources));
    }

    /// <summary>The resource groups that a message takes away while it gives others.</summary>
    public static IEnumerable<Hl7Range> TakenAway(Hl7Message message)
    {
        var groups = Hl7Groups.ResourceGroups(message);
        return groups.Length < 2 || Array.TrueForAll(groups, group => IsDeleted(group)) ? [] : groups.Where(group => IsDeleted(group));
    }

    private static Hl7Range? Resources(Hl7Message message)
    {
        var groups = Hl7Groups.ResourceGroups(message);
        if (groups.Length < 2 || !Array.Exists(groups, group => IsDeleted(group)))
            return null;
        var kept = Array.FindIndex(groups, group => !IsDeleted(group));
        return kept < 0 ? null : groups[kept];
    }

    private static bool IsDeleted(in Hl7Range group) => group.Get(GroupAction).Text.Trim() is "D" or "d";
}
