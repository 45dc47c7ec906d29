using Artera.Integration.Inbound;
using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>What happens to whom. Every storyline says what it sends, and beside it what must come of it.</summary>
internal static partial class Storylines
{
    public static Script Tell()
    {
        var script = new Script();
        for (var n = 0; n < 24; n++)
            Confirms(script, n);
        for (var n = 0; n < 9; n++)
            CancelsByText(script, n);
        for (var n = 0; n < 6; n++)
            DoesNotCome(script, n);
        for (var n = 0; n < 8; n++)
            IsRescheduled(script, n);
        for (var n = 0; n < 6; n++)
            IsCancelledByTheClinic(script, n);
        for (var n = 0; n < 8; n++)
            IsBookedForTomorrow(script, n);
        for (var n = 0; n < 4; n++)
            AsksAQuestion(script, n);
        for (var n = 0; n < 3; n++)
            WantsNoMoreTexts(script, n);
        for (var n = 0; n < 2; n++)
            SharesAPhone(script, n);
        for (var n = 0; n < 24; n++)
            IsBookedFarAhead(script, n);
        for (var n = 0; n < 2; n++)
            Dies(script, n);
        for (var n = 0; n < 3; n++)
            TurnsOutToBeOnePerson(script, n);
        TroubleOnTheFeed(script);
        TellOverFhir(script);
        return script;
    }

    /// <summary>Booked eight days ahead, asked a week before, says yes, comes.</summary>
    internal static void Confirms(Script script, int n)
    {
        var day = n % 4;
        var visit = Booked(script, day, day + 8, StoryPlace.Nth(n));
        Answers(script, visit, day + 1, Yes[visit.Patient.Language][n % 3], "confirm", Counts.Confirmed, Names.Confirmed);
        if (n % 2 == 0)
            script.Send(Fortnight.Evening(day + 2), InboxState.Applied, (emr, id, now) => emr.Updated(visit.Patient with { Home = "2125550190" }, id, now));

        Asked(script, visit, Fortnight.Midday(day), Fortnight.Afternoon(day + 1));
        script.Expect(Counts.Sent(Names.ReminderOfConfirmed));
        Comes(script, visit, day + 8);
    }

    /// <summary>Asked a week before, says no.</summary>
    private static void CancelsByText(Script script, int n)
    {
        var day = n % 3;
        var visit = Booked(script, day, day + 8, StoryPlace.Nth(n));
        Answers(script, visit, day + 1, No[visit.Patient.Language][n % 3], "cancel", Counts.Cancelled, Names.Cancelled);
        Asked(script, visit, Fortnight.Midday(day), Fortnight.Afternoon(day + 1));
    }

    /// <summary>Never answers, and does not come.</summary>
    private static void DoesNotCome(Script script, int n)
    {
        var day = n % 3;
        var visit = Booked(script, day, day + 8, StoryPlace.Nth(n));
        Asked(script, visit, Fortnight.Midday(day), Fortnight.Evening(day + 8));
        script.Send(Fortnight.Evening(day + 8), InboxState.Applied, (emr, id, now) => emr.NoShow(visit.With("Noshow").InTheBook, id, now), visit.With("Noshow"));
        script.Expect(Counts.Sent(Names.NoShow));
    }

    /// <summary>The clinic moves the visit by three days after the first question; what was planned is planned again.</summary>
    private static void IsRescheduled(Script script, int n)
    {
        var visit = Booked(script, 0, 8, StoryPlace.Nth(n));
        var moved = visit.MovedBy(3);
        script.Send(Fortnight.Midday(2), InboxState.Applied, (emr, id, now) => emr.Rescheduled(moved.InTheBook, id, now), moved);
        Asked(script, visit, Fortnight.Midday(0), Fortnight.Midday(2));
        Answers(script, moved, 5, Yes[visit.Patient.Language][n % 3], "confirm", Counts.Confirmed, Names.Confirmed);
        Asked(script, moved, Fortnight.Midday(2), Fortnight.Afternoon(5));
        script.Expect(Counts.Sent(Names.ReminderOfConfirmed));
    }

    private static void IsCancelledByTheClinic(Script script, int n)
    {
        var visit = Booked(script, 1, 9, StoryPlace.Nth(n));
        script.Send(Fortnight.Midday(3), InboxState.Applied, (emr, id, now) => emr.Cancelled(visit.With("Cancelled").InTheBook, id, now), visit.With("Cancelled"));
        Asked(script, visit, Fortnight.Midday(1), Fortnight.Midday(3));
    }

    /// <summary>Booked for the next day after ten in the morning: every reminder has passed, the booking text covers it.</summary>
    private static void IsBookedForTomorrow(Script script, int n)
    {
        var visit = Booked(script, 7 + (n % 3), 8 + (n % 3), StoryPlace.Nth(n));
        Asked(script, visit, Fortnight.Midday(7 + (n % 3)), Fortnight.Ends);
        Comes(script, visit, 8 + (n % 3));
    }

    /// <summary>"Can I come later?" is for a person; the question stays open and the reminders go on.</summary>
    private static void AsksAQuestion(Script script, int n)
    {
        var visit = Booked(script, 0, 8, StoryPlace.Nth(n));
        script.Text(Fortnight.Afternoon(1), visit.Patient, visit.Place, "can I come later?", "plain");
        script.Expect(Counts.NeedAction);
        Asked(script, visit, Fortnight.Midday(0), Fortnight.Ends);
    }

    /// <summary>Without an e-mail address nothing is left to remind this patient by.</summary>
    private static void WantsNoMoreTexts(Script script, int n)
    {
        var visit = Booked(script, 1, 9, StoryPlace.Nth(n), script.NewPatient() with { Email = null });
        script.Text(Fortnight.Evening(1), visit.Patient, visit.Place, n == 0 ? "STOP" : "stop", "opt-out");
    }

    /// <summary>Two children on a parent's phone, both asked: "Y" needs to know about whom.</summary>
    private static void SharesAPhone(Script script, int n)
    {
        var first = script.NewPatient();
        var second = script.NewPatient() with { Cell = first.Cell, Language = first.Language, Given = $"{first.Given}two" };
        var one = Booked(script, 2, 10, StoryPlace.Pediatrics, first);
        var two = Booked(script, 2, 10, StoryPlace.Pediatrics, second);
        script.Text(Fortnight.Afternoon(3), first, StoryPlace.Pediatrics, Yes[first.Language][0], "confirm");
        script.Expect(Counts.WhoIsThis);
        script.Text(Fortnight.Evening(3), first, StoryPlace.Pediatrics, "1", "choice");
        IsWrittenBack(script, Counts.Confirmed);
        script.Expect(Counts.Sent(Names.Confirmed));
        Asked(script, one, Fortnight.Midday(2), Fortnight.Evening(3));
        script.Expect(Counts.Sent(Names.ReminderOfConfirmed));
        Asked(script, two, Fortnight.Midday(2), Fortnight.Ends);
    }

    /// <summary>Only the booking text goes out; the rest waits beyond the fortnight.</summary>
    private static void IsBookedFarAhead(Script script, int n)
    {
        var visit = Booked(script, 4 + (n % 9), 30 + n, StoryPlace.Nth(n));
        script.Expect(Counts.Waiting, Reminders.Waiting(visit));
        Asked(script, visit, Fortnight.Midday(4 + (n % 9)), Fortnight.Ends);
    }

    private static void Dies(Script script, int n)
    {
        var visit = Booked(script, n, n + 9, StoryPlace.Nth(n));
        script.Send(Fortnight.Evening(n), InboxState.Applied, (emr, id, now) => emr.Updated(visit.Patient with { Died = true }, id, now));
    }

    /// <summary>Registered twice, booked under the identifier that loses, merged; a late message to it lands on the survivor.</summary>
    private static void TurnsOutToBeOnePerson(Script script, int n)
    {
        var survivor = Registered(script, 2, script.NewPatient());
        var visit = Booked(script, 2, 10 + n, StoryPlace.Nth(n), survivor with { Id = $"{survivor.Id}X" });
        script.Send(Fortnight.Evening(2), InboxState.Applied, (emr, id, now) => emr.Merged(survivor, visit.Patient.Id, id, now));
        script.Expect(Counts.Merges);
        script.Send(Fortnight.Early(3), InboxState.Applied, (emr, id, now) => emr.Modified(visit.InTheBook, id, now), visit);
        Asked(script, visit, Fortnight.Midday(2), Fortnight.Ends);
    }
}
