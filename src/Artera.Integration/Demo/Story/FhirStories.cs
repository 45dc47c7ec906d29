using System.Text.Json.Nodes;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;

namespace Artera.Integration.Demo.Story;

/// <summary>What happens at the practice whose EMR speaks FHIR.</summary>
internal static partial class Storylines
{
    public static void TellOverFhir(Script script)
    {
        for (var n = 0; n < 6; n++)
            ConfirmsOverFhir(script, n);
        for (var n = 0; n < 3; n++)
            CancelsOverFhir(script, n);
        for (var n = 0; n < 3; n++)
            IsRescheduledOverFhir(script, n);
        for (var n = 0; n < 2; n++)
            IsCancelledByTheClinicOverFhir(script, n);
        for (var n = 0; n < 2; n++)
            IsFoundByThePoll(script, n);
        for (var n = 0; n < 2; n++)
            IsDeletedAndNobodyIsTold(script, n);
        for (var day = 0; day < 14; day += 2)
            script.Beats(Fortnight.Evening(day));
    }

    /// <summary>Told of by a notification that only names it, asked a week before, says yes, comes.</summary>
    internal static void ConfirmsOverFhir(Script script, int n)
    {
        var day = n % 4;
        var visit = BookedOverFhir(script, day, day + 8);
        AnswersOverFhir(script, visit, day + 1, Yes[visit.Patient.Language][n % 3], "confirm", Counts.FhirConfirmed, Names.Confirmed);
        Asked(script, visit, Fortnight.Midday(day), Fortnight.Afternoon(day + 1));
        script.Expect(Counts.Sent(Names.ReminderOfConfirmed));
        script.Edit(Fortnight.Evening(day + 8), visit, resource => resource["status"] = "fulfilled");
        script.Expect(Counts.Sent(Names.ThankYou));
        if (Reminders.IsSurveyed(visit, day + 8))
            script.Expect(Counts.Sent(Names.Survey));
    }

    /// <summary>Says no; the server has it cancelled by the patient.</summary>
    internal static void CancelsOverFhir(Script script, int n)
    {
        var day = n % 3;
        var visit = BookedOverFhir(script, day, day + 8);
        AnswersOverFhir(script, visit, day + 1, No[visit.Patient.Language][n % 3], "cancel", Counts.FhirCancelled, Names.Cancelled);
        Asked(script, visit, Fortnight.Midday(day), Fortnight.Afternoon(day + 1));
    }

    private static void IsRescheduledOverFhir(Script script, int n)
    {
        var visit = BookedOverFhir(script, 0, 8);
        var moved = visit.MovedBy(3);
        script.Edit(Fortnight.Midday(2), visit, resource => Move(resource, moved));
        Asked(script, visit, Fortnight.Midday(0), Fortnight.Midday(2));
        AnswersOverFhir(script, moved, 5, Yes[visit.Patient.Language][n % 3], "confirm", Counts.FhirConfirmed, Names.Confirmed);
        Asked(script, moved, Fortnight.Midday(2), Fortnight.Afternoon(5));
        script.Expect(Counts.Sent(Names.ReminderOfConfirmed));
    }

    private static void IsCancelledByTheClinicOverFhir(Script script, int n)
    {
        var visit = BookedOverFhir(script, 1 + n, 9 + n);
        script.Edit(Fortnight.Midday(3 + n), visit, resource => resource["status"] = "cancelled");
        Asked(script, visit, Fortnight.Midday(1 + n), Fortnight.Midday(3 + n));
    }

    /// <summary>The notification of the booking gets lost. The poll of the next morning brings it.</summary>
    private static void IsFoundByThePoll(Script script, int n)
    {
        var visit = script.NewVisit(script.NewPatient(), StoryPlace.Hilltop, 12);
        script.Put(Fortnight.Midday(2 + n), visit, isTold: false);
        script.Expect(Counts.Visits);
        script.Expect(Counts.Sent(Names.Booking));
        Asked(script, visit, Fortnight.Midday(3 + n), Fortnight.Ends);
    }

    /// <summary>A week before, the patient is asked; then the visit is gone. It is read before the next reminder, and nobody is reminded.</summary>
    private static void IsDeletedAndNobodyIsTold(Script script, int n)
    {
        var visit = BookedOverFhir(script, 2 + n, 10 + n);
        script.Delete(Fortnight.Midday(5 + n), visit);
        Asked(script, visit, Fortnight.Midday(2 + n), Fortnight.Midday(5 + n));
    }

    private static StoryVisit BookedOverFhir(Script script, int day, int visitDay)
    {
        var visit = script.NewVisit(script.NewPatient(), StoryPlace.Hilltop, visitDay);
        script.Put(Fortnight.Midday(day), visit, isTold: true);
        script.Expect(Counts.Visits);
        script.Expect(Counts.Sent(Names.Booking));
        return visit;
    }

    private static void AnswersOverFhir(Script script, StoryVisit visit, int day, string text, string meaning, string inTheServer, string thanks)
    {
        script.Text(Fortnight.Afternoon(day), visit.Patient, visit.Place, text, meaning);
        script.Expect(Counts.Sent(thanks));
        script.Expect(inTheServer);
        // The server tells of the change that we made, as of any.
        script.IsNotified();
        script.IsKept();
    }

    private static void Move(JsonNode resource, StoryVisit visit)
    {
        var start = visit.Place.Zone.AtLeniently(visit.Start).ToOffsetDateTime();
        resource["start"] = SimulatedResources.Time(start);
        resource["end"] = SimulatedResources.Time(start.PlusMinutes(30));
    }
}
