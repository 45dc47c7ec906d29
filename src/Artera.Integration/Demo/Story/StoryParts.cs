using Artera.Integration.Inbound;
using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>What several storylines are made of.</summary>
internal static partial class Storylines
{
    private static readonly Dictionary<string, string[]> Yes = new(StringComparer.Ordinal)
    {
        ["eng"] = ["Y", "yes, thanks!", "👍"],
        ["spa"] = ["sí", "Si gracias", "SI"],
        ["ara"] = ["نعم", "نعم شكرا", "نعم"],
    };

    private static readonly Dictionary<string, string[]> No = new(StringComparer.Ordinal)
    {
        ["eng"] = ["n", "No thanks", "nope"],
        ["spa"] = ["no gracias", "no puedo", "No"],
        ["ara"] = ["لا", "لا شكرا", "لا"],
    };

    private static SimulatedPatient Registered(Script script, int day, SimulatedPatient patient)
    {
        script.Send(Fortnight.Early(day), InboxState.Applied, (emr, id, now) => emr.Registered(patient, id, now));
        return patient;
    }

    /// <summary>Registered in the morning, booked at midday, told at once.</summary>
    private static StoryVisit Booked(Script script, int day, int visitDay, StoryPlace place, SimulatedPatient? patient = null)
    {
        var visit = script.NewVisit(Registered(script, day, patient ?? script.NewPatient()), place, visitDay);
        script.Send(Fortnight.Midday(day), InboxState.Applied, (emr, id, now) => emr.Booked(visit.InTheBook, id, now), visit);
        script.Expect(Counts.Visits);
        script.Expect(Counts.Sent(Names.Booking));
        return visit;
    }

    /// <summary>The questions that go out between two moments.</summary>
    private static void Asked(Script script, StoryVisit visit, Instant after, Instant until)
    {
        foreach (var days in Reminders.DaysBefore)
        {
            if (Reminders.IsBetween(Reminders.Due(visit, days), after, until))
                script.Expect(Counts.Sent(Names.Question(days)));
        }
    }

    /// <summary>The patient answers, is thanked, and the EMR hears of it.</summary>
    private static void Answers(Script script, StoryVisit visit, int day, string text, string meaning, string writtenBack, string thanks)
    {
        script.Text(Fortnight.Afternoon(day), visit.Patient, visit.Place, text, meaning);
        script.Expect(Counts.Sent(thanks));
        IsWrittenBack(script, writtenBack);
    }

    /// <summary>The EMR takes the answer and sends its own message about it, which changes nothing.</summary>
    private static void IsWrittenBack(Script script, string answer)
    {
        script.Expect(answer);
        script.Expect(Counts.Received);
        script.Expect(Counts.Of(InboxState.Applied));
    }

    private static void Comes(Script script, StoryVisit visit, int day)
    {
        script.Send(Fortnight.Evening(day), InboxState.Applied, (emr, id, now) => emr.Modified(visit.With("Completed").InTheBook, id, now), visit.With("Completed"));
        script.Expect(Counts.Sent(Names.ThankYou));
        if (Reminders.IsSurveyed(visit, day))
            script.Expect(Counts.Sent(Names.Survey));
    }
}
