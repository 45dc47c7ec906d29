using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

/// <summary>Lanes are worked on side by side, and a merge makes one patient of two lanes: what the EMR said before it comes before it.</summary>
public sealed class When_patients_of_two_lanes_are_merged
{
    private const string Booking = "20261026090000";
    private static readonly string Losing = "P1";
    private static readonly string Surviving = Enumerable.Range(2, 50).Select(number => $"P{number}").First(other => LaneOf(other) != LaneOf(Losing));

    [Theory]
    [OnEveryDatabase]
    public async Task The_merge_waits_for_what_came_before_about_either(DatabaseProvider database)
    {
        await using var rooms = await Rooms.OpenOn(database, "2026-10-26T14:30:00Z");
        await rooms.Read(TestHealth.SetUp);
        await rooms.Write(
            Kept("1", Losing, Samples.Siu("1", "V1", Booking, patient: Losing)),
            Kept("2", Surviving, Merge("2", "20261026090100")),
            Kept("3", Surviving, Samples.Siu("3", "V1", "20261026090200", trigger: "S13", patient: Surviving).Replace("20261102100000", "20261103100000", StringComparison.Ordinal)));

        // On SQLite all lanes are one: there the booking has failed and is tried again in a minute.
        await rooms.Read(db => database == DatabaseProvider.Sqlite ? Fail(db, "1", rooms.Clock.GetUtcNow().AddMinutes(1)) : Task.FromResult(0));
        while (await rooms.Send(new ApplyMessages([LaneOf(Surviving)], 64)) > 0)
        {
        }

        (await States(rooms)).ShouldBe([database == DatabaseProvider.Sqlite ? "1 Failed " : "1 Received ", "2 Failed earlier-messages-wait", "3 Received "]);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            while (await rooms.Send(new ApplyMessages(Lane.All, 64)) > 0)
            {
            }

            rooms.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await States(rooms)).ShouldBe(["1 Applied ", "2 Applied ", "3 Applied "]);
        var visit = await rooms.Read(db => db.Set<Appointment>().SingleAsync());
        visit.ChangedAt.ShouldNotBeNull("the patient is told that the visit was moved");
    }

    private static int LaneOf(string patient) => Lane.Of("main", patient);

    private static Task<int> Fail(IntegrationDb db, string controlId, DateTimeOffset until)
    {
        Instant? again = Instant.FromDateTimeOffset(until);
        return db.Set<InboxMessage>().Where(row => row.ControlId == controlId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, InboxState.Failed).SetProperty(row => row.RetryAt, again));
    }

    private static async Task<List<string>> States(Rooms rooms) =>
        (await rooms.Read(db => db.Set<InboxMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync())).ConvertAll(row => $"{row.ControlId} {row.State} {row.Cause}");

    private static string Merge(string control, string time) =>
        $"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|{time}||ADT^A40^ADT_A39|{control}|P|2.5.1\rEVN|A40|{time}\r"
        + $"PID|1||{Surviving}^^^MRN^MRN||ZTest^Ada||19700101|F\rMRG|{Losing}^^^MRN^MRN\r";

    private static InboxMessage Kept(string control, string patient, string message) => new()
    {
        Feed = "main",
        ReceivedAt = Instant.FromUtc(2026, 10, 26, 14, 30),
        Raw = Encoding.UTF8.GetBytes(message),
        ControlId = control,
        BodyHash = control[0],
        Event = "",
        PatientKey = patient,
        Lane = LaneOf(patient),
        AckCode = "AA",
    };
}
