using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Journeys;

/// <summary>Both listen, both apply: what one patient's messages say is done once and in their order, whoever does it.</summary>
public sealed class When_two_nodes_take_messages
{
    private const int Patients = 24;
    private const int Moves = 10;

    [Fact]
    public async Task Each_is_applied_once_and_in_its_order_and_a_merge_finds_everything()
    {
        await using var first = await Node();
        await first.Read(TestHealth.SetUp);
        await using var second = await Node([.. first.Database.Settings]);

        await Task.WhenAll(Enumerable.Range(0, Patients).Select(patient => Task.Run(() => Tell((patient % 2 == 0 ? first : second).MllpPort, patient))));
        await first.Until(db => db.Set<InboxMessage>().CountAsync(row => row.State == InboxState.Received || row.State == InboxState.Failed), waiting => waiting == 0);

        (await first.Read(db => db.Set<InboxMessage>().GroupBy(row => new { row.State, row.Cause }).Select(group => new { group.Key.State, group.Key.Cause, Count = group.Count() }).ToListAsync()))
            .ShouldHaveSingleItem().ShouldBe(new { State = InboxState.Applied, Cause = (string?)null, Count = (Patients * (Moves + 1)) + (Patients / 2) });
        var visits = await first.Read(db => db.Set<Appointment>().AsNoTracking().ToListAsync());
        visits.Count.ShouldBe(Patients);
        visits.ShouldAllBe(visit => visit.StartsAt!.Value.ToString("uuuuMMdd", CultureInfo.InvariantCulture) == "20261102");
        visits.Select(visit => visit.PatientId).Distinct().Count().ShouldBe(Patients / 2);

        // Told of each change once; only the last time is still planned for.
        var events = await first.Read(db => db.Set<ChannelLine>().Where(line => line.AppointmentId != null).GroupBy(line => new { line.AppointmentId, line.Event }).Select(group => new { group.Key.Event, Count = group.Count() }).ToListAsync());
        events.ShouldAllBe(line => line.Count == (line.Event == ChannelEvent.Booked ? 1 : Moves));
        events.Count.ShouldBe(Patients * 2);
        (await first.Read(db => db.Set<PatientIdentifier>().CountAsync())).ShouldBe(Patients);
        (await first.Read(db => db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned && row.DueAt > row.DecidedAt).GroupBy(row => new { row.TriggerId, row.SubjectId }).AnyAsync(group => group.Count() > 1)))
            .ShouldBeFalse();
    }

    private static Task<TestServer> Node(params KeyValuePair<string, string?>[] settings) =>
        TestServer.StartOn(DatabaseProvider.PostgreSql, settings: [new("Inbound:Workers", "3"), new("Outreach:LookEvery", "00:10:00"), .. settings]);

    /// <summary>A visit is booked and moved again and again; of two patients one turns out to be the other.</summary>
    private static async Task Tell(int port, int patient)
    {
        await using var emr = await MllpPeer.Connect(port);
        for (var move = 0; move <= Moves; move++)
            await Ask(emr, Visit(patient, move));
        if (patient % 2 == 1)
            await Ask(emr, Merge(patient, into: patient - 1));
    }

    private static async Task Ask(MllpPeer emr, string message) => Samples.Code(await emr.Ask(message)).ShouldBe("AA");

    private static string Visit(int patient, int move) => Samples.Siu(
        Id("V", patient, move), Id("A", patient), Id("202610260900", move), trigger: move == 0 ? "S12" : "S13", patient: Id("P", patient))
        .Replace("^^^20261102100000", move == Moves ? "^^^20261102100000" : Id("^^^2026110310", move, 0), StringComparison.Ordinal);

    private static string Merge(int losing, int into) =>
        $"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|20261026100000||ADT^A40^ADT_A39|{Id("M", losing)}|P|2.5.1\rEVN|A40|20261026100000\r"
        + $"PID|1||{Id("P", into)}^^^MRN^MRN||ZTest^Ada||19700101|F|||||^PRS^CP^^^202^5550101\rMRG|{Id("P", losing)}^^^MRN^MRN\r";

    private static string Id(string prefix, params ReadOnlySpan<int> numbers)
    {
        var id = prefix;
        foreach (var number in numbers)
            id += number.ToString("D2", CultureInfo.InvariantCulture);
        return id;
    }
}
