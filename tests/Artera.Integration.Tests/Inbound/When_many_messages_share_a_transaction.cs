using System.Globalization;
using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Inbound;

/// <summary>Reading in advance and writing at once changes how fast it goes, and nothing else.</summary>
public sealed class When_many_messages_share_a_transaction
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task The_same_comes_of_them_as_of_one_after_the_other(int seed)
    {
        var messages = Story(new Random(seed)).ToList();
        var together = await Hub(messages, rooms => rooms.Send(Next(64)));
        together.ShouldBe(await Hub(messages, rooms => rooms.Send(Next(1))));
        together.ShouldBe(await Hub(messages, WhileOthersAreApplied));
        together.ShouldContain("planned");
    }

    private static ApplyMessages Next(int take) => new(Lane.All, take);

    /// <summary>Messages are read and decided; before they are written, some of them have been applied.</summary>
    private static async Task<int> WhileOthersAreApplied(Rooms rooms)
    {
        var gate = rooms.Services.GetRequiredService<WriteGate>();
        var turn = await gate.Enter(CancellationToken.None);
        var applied = new[] { rooms.Send(Next(2)), rooms.Send(Next(5)) };
        await Task.Delay(5);
        turn.Dispose();
        return (await Task.WhenAll(applied)).Sum();
    }

    /// <summary>Few patients and visits, so that much happens to each: also what was never booked, and what belongs to somebody else by now.</summary>
    private static IEnumerable<string> Story(Random random)
    {
        for (var number = 1; number <= 120; number++)
        {
            var (patient, visit) = ($"P{random.Next(6)}", $"A{random.Next(10)}");
            var (control, time) = (number.ToString(CultureInfo.InvariantCulture), $"2026102609{number / 60:D2}{number % 60:D2}");
            yield return random.Next(14) switch
            {
                < 4 => Samples.Siu(control, visit, time, patient: patient),
                < 7 => Samples.Siu(control, visit, time, trigger: "S13", patient: patient).Replace("20261102100000", $"202611{random.Next(1, 28):D2}100000", StringComparison.Ordinal),
                < 9 => Samples.Siu(control, visit, time, trigger: "S15", patient: patient),
                9 => Samples.Siu(control, visit, time, trigger: "S26", patient: patient),
                10 => Merge(control, time, patient, $"P{random.Next(6)}"),
                _ => Update(control, time, patient, random.Next(4)),
            };
        }
    }

    private static string Update(string control, string time, string patient, int what) =>
        $"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|{time}||ADT^A08^ADT_A01|{control}|P|2.5.1\rEVN|A08|{time}\r"
        + $"PID|1||{patient}^^^MRN^MRN||ZTest^Ada||19700101|F|||||^PRS^CP^^^202^555010{what}|||{(what == 3 ? "es" : "")}{(what == 0 ? "||||||||||||||||Y" : "")}\r";

    private static string Merge(string control, string time, string into, string losing) =>
        $"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|{time}||ADT^A40^ADT_A39|{control}|P|2.5.1\rEVN|A40|{time}\r"
        + $"PID|1||{into}^^^MRN^MRN||ZTest^Ada||19700101|F\rMRG|{losing}^^^MRN^MRN\r";

    /// <summary>What the hub holds at the end, in words and without ids.</summary>
    private static async Task<string> Hub(IReadOnlyList<string> messages, Func<Rooms, Task<int>> apply)
    {
        await using var rooms = await Rooms.Open("2026-10-26T14:30:00Z");
        await rooms.Read(TestHealth.SetUp);
        await rooms.Write([.. messages.Select(message => (object)Kept(message))]);
        while (await apply(rooms) > 0)
        {
        }

        var text = new StringBuilder();
        foreach (var row in await rooms.Read(db => db.Set<InboxMessage>().OrderBy(row => row.Id).ToListAsync()))
            text.AppendLine(CultureInfo.InvariantCulture, $"message {row.ControlId} {row.State} {row.Cause}");
        var patients = await rooms.Read(db => db.Set<Patient>().Include(row => row.ContactPoints).OrderBy(row => row.ExternalId).ToListAsync());
        string Who(long? id) => patients.Find(row => row.Id == id)?.ExternalId ?? "nobody";
        foreach (var row in patients)
            text.AppendLine(CultureInfo.InvariantCulture, $"patient {row.ExternalId} {row.Language} {row.Deceased} {string.Join(' ', row.ContactPoints.OrderBy(point => point.Tag).Select(point => point.Address))}");
        foreach (var row in await rooms.Read(db => db.Set<PatientIdentifier>().OrderBy(row => row.ExternalId).ToListAsync()))
            text.AppendLine(CultureInfo.InvariantCulture, $"identifier {row.ExternalId} of {Who(row.PatientId)}");
        var visits = await rooms.Read(db => db.Set<Appointment>().OrderBy(row => row.ExternalId).ToListAsync());
        foreach (var row in visits)
            text.AppendLine(CultureInfo.InvariantCulture, $"visit {row.ExternalId} of {Who(row.PatientId)} {row.StartsAt} {row.SystemStatus} {row.Version.ControlId} {row.ChangedAt is not null} {row.CancelledAt is not null}");
        var plans = await rooms.Read(db => db.Set<PlannedMessage>().ToListAsync());
        foreach (var line in plans.Select(row => $"planned {visits.Find(visit => visit.Id == row.SubjectId)?.ExternalId} {row.TriggerId} {row.Anchor} {row.DueAt} {row.State} {row.Reason} {Who(row.PatientId)}").Order(StringComparer.Ordinal))
            text.AppendLine(line);
        var channels = await rooms.Read(db => db.Set<PatientChannel>().ToListAsync());
        foreach (var line in (await rooms.Read(db => db.Set<ChannelLine>().ToListAsync()))
            .Select(row => $"line {Who(channels.Find(channel => channel.Id == row.ChannelId)!.PatientId)} {row.Event} {visits.Find(visit => visit.Id == row.AppointmentId)?.ExternalId} {row.Body}").Order(StringComparer.Ordinal))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private static InboxMessage Kept(string message) => new()
    {
        Feed = "main",
        ReceivedAt = NodaTime.Instant.FromUtc(2026, 10, 26, 14, 30),
        Raw = Encoding.UTF8.GetBytes(message),
        ControlId = Samples.Fields(message, "MSH")[9],
        BodyHash = message.GetHashCode(StringComparison.Ordinal),
        Event = "",
        AckCode = "AA",
    };
}
