using System.Text;
using Artera.Integration.Inbound;

namespace Artera.Integration.Demo.Story;

/// <summary>What real feeds do: nothing of it may text anybody, and nothing of it may get lost.</summary>
internal static partial class Storylines
{
    private static void TroubleOnTheFeed(Script script)
    {
        ResendsAndLateVersions(script);
        Unowned(script);
        UnknownCodes(script);
        NotForUs(script);
    }

    private static void ResendsAndLateVersions(Script script)
    {
        for (var n = 0; n < 5; n++)
        {
            var visit = script.NewVisit(Registered(script, 3, script.NewPatient()), StoryPlace.Nth(n), 40 + n);
            var booking = script.Send(Fortnight.Midday(3), InboxState.Applied, (emr, id, now) => emr.Booked(visit.InTheBook, id, now), visit);
            script.Expect(Counts.Visits);
            script.Expect(Counts.Sent(Names.Booking));
            script.Expect(Counts.Waiting, Reminders.Waiting(visit));
            script.SendAgain(Fortnight.Midday(3), booking);

            // Written yesterday, sent today: an older version of what is known.
            script.Send(
                Fortnight.Afternoon(3),
                InboxState.Stale,
                (emr, id, now) => emr.Modified(visit.MovedBy(-7).InTheBook, id, now.PlusDays(-1)));
        }
    }

    private static void Unowned(Script script)
    {
        for (var n = 0; n < 4; n++)
        {
            var visit = script.NewVisit(Registered(script, 4, script.NewPatient()), StoryPlace.Unowned, 12);
            script.Send(Fortnight.Midday(4), InboxState.Unmapped, (emr, id, now) => emr.Booked(visit.InTheBook, id, now));
        }
    }

    private static void UnknownCodes(Script script)
    {
        for (var n = 0; n < 3; n++)
        {
            var visit = script.NewVisit(Registered(script, 5, script.NewPatient()), StoryPlace.Family, 12);
            script.Send(Fortnight.Midday(5), InboxState.Held, (emr, id, now) => emr.Booked(visit.With("ZZ-NEW").InTheBook, id, now));
        }
    }

    private static void NotForUs(Script script)
    {
        var patient = Registered(script, 6, script.NewPatient());
        var visit = script.NewVisit(patient, StoryPlace.Family, 12);
        for (var n = 0; n < 3; n++)
            script.Send(Fortnight.Midday(6), InboxState.Ignored, (emr, id, now) => Edited(emr.Registered(patient, id, now), "ADT^A04^ADT_A01", "ORU^R01^ORU_R01"));
        script.Send(Fortnight.Midday(6), InboxState.Rejected, Encoding.ASCII.GetBytes("EVN|A04|20261101113000\rPID|1||T1^^^RIVERSIDE^MR\r"), acknowledged: "AR");
        script.Send(Fortnight.Midday(6), InboxState.Rejected, (emr, id, now) => Edited(emr.Booked(visit.InTheBook, id, now), "|P|2.5.1", "|T|2.5.1"), acknowledged: "AR");
    }

    private static byte[] Edited(byte[] message, string what, string with) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message).Replace(what, with, StringComparison.Ordinal));
}
