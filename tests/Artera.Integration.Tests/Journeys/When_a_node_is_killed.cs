using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Demo;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Chaos;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace Artera.Integration.Tests.Journeys;

/// <summary>
/// A node has something of every kind in its hands when it is killed, or stands still and keeps its connections: another one,
/// with ordinary settings, goes on with all of it within half a minute, and nothing is lost or said twice.
/// </summary>
public sealed class When_a_node_is_killed : IAsyncLifetime
{
    private static readonly TimeSpan Handover = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string Waiting = """SELECT COUNT(*)::int AS "Value" FROM pg_locks WHERE NOT granted""";
    private readonly SimulatedMessages messages = new();
    private readonly LocalDateTime now = TimeProvider.System.GetUtcNow().ToInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime;
    private readonly HttpClient http = new();
    private Cell cell = null!;
    private int said;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_goes_on_with_all_it_had_in_its_hands(bool onlyFrozen)
    {
        using var node = cell.Node();
        using var other = cell.Node();
        await node.Start();
        await using (var emr = await MllpPeer.Connect(node.MllpPort))
        {
            // The EMR is told of an answer and says nothing.
            await Book(emr, "V1");
            cell.Emr.Script(SimulatedAnswer.Silence);
            await Answer(node, "V1", "Y");
            await cell.Until(db => db.Set<PendingWriteBack>().AnyAsync(row => row.MayHaveArrived), Patience, "the answer is on its way to the EMR");
            await cell.Until(db => Task.FromResult(cell.Emr.Received.Count == 1), Patience, "the EMR has heard");

            // A text is taken and nobody says so.
            cell.Twilio.Mood = () => TwilioStandIn.Fate.TakenAndMute;
            await Ask(emr, Visit("V2"));
            await cell.Until(db => Task.FromResult(cell.Twilio.Texts.Any(text => Is("V2", text))), Patience, "the text was taken");
            cell.Twilio.Mood = () => TwilioStandIn.Fate.Fine;
            await Book(emr, "V3");
            await Book(emr, "V4");

            // A text that is being decided, a reply that is being read and a visit that is being moved all wait for a table.
            await using var inTheWay = await cell.Database.Connect();
            await using var transaction = await inTheWay.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = inTheWay.CreateCommand();
            hold.CommandText = """LOCK TABLE "OpenQuestion" IN SHARE MODE""";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Ask(emr, Visit("V5"));
            await UntilSomebodyWaits(1);
            await Answer(node, "V3", "N");
            await UntilSomebodyWaits(2);
            await Ask(emr, Visit("V4") with { Start = Visit("V4").Start.PlusDays(1) }, moved: true);
            await UntilSomebodyWaits(3);

            await (onlyFrozen ? node.Freeze() : node.Kill());
        }

        var killed = TimeProvider.System.GetTimestamp();
        await other.Start();
        await cell.Until(db => db.Set<PendingWriteBack>().AllAsync(row => row.State == WriteBackState.Done), Left(killed), "the EMR has both answers");
        await cell.Until(db => db.Set<InboxMessage>().AllAsync(row => row.State == InboxState.Applied), Left(killed), "the move is applied");
        await cell.Until(db => db.Set<InboundText>().AllAsync(row => row.Understood), Left(killed), "the reply is read");
        await cell.Until(db => db.Set<PlannedMessage>().AllAsync(row => row.State == PlanState.Sent), Left(killed), "every text is decided");
        await cell.Until(db => db.Set<OutboundMessage>().AllAsync(row => row.State == OutboundState.Sent), Left(killed), "every text is settled");

        if (onlyFrozen)
            await Wakes(node);
        cell.Twilio.Texts.GroupBy(text => text.MessageId).ShouldAllBe(same => same.Count() == 1);
        cell.Emr.Received.Select(heard => heard.ControlId).Distinct().Count().ShouldBe(2);
        cell.Twilio.Texts.Select(text => text.To[^1]).Order().Where(patient => patient < '6').ShouldBe("11233445");
        (await cell.Read(db => db.Set<Appointment>().Where(visit => visit.ExternalId == "V3").Select(visit => visit.PatientStatus).SingleAsync())).ShouldBe(PatientStatus.Cancelled);
    }

    public async ValueTask InitializeAsync() => cell = await Cell.Open();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await cell.DisposeAsync();
    }

    private static TimeSpan Left(long since) => Handover - TimeProvider.System.GetElapsedTime(since);

    private static string Phone(string visit) => $"212555010{visit[1]}";

    private static bool Is(string visit, TwilioStandIn.Text text) => text.To.EndsWith(Phone(visit), StringComparison.Ordinal);

    private SimulatedVisit Visit(string id) => new(id, new SimulatedPatient($"P{id[1]}", $"Ada{id[1]}", "Example") { Cell = Phone(id) }, now.PlusDays(10));

    private async Task Book(MllpPeer emr, string visit)
    {
        await Ask(emr, Visit(visit));
        await cell.Until(db => Task.FromResult(cell.Twilio.Texts.Any(text => Is(visit, text))), Patience, "the patient is asked");
        await cell.Until(db => db.Set<OutboundMessage>().AllAsync(row => row.State == OutboundState.Sent || row.To == "+1" + Phone("V2")), Patience, "it is settled");
    }

    private async Task Ask(MllpPeer emr, SimulatedVisit visit, bool moved = false)
    {
        var id = $"C{++said:D4}";
        Samples.Code(await emr.Ask(Encoding.UTF8.GetString(moved ? messages.Rescheduled(visit, id, now) : messages.Booked(visit, id, now)))).ShouldBe("AA");
    }

    /// <summary>It finds that others have done its work, and works like any other from then on.</summary>
    private async Task Wakes(ServerProcess node)
    {
        await node.Thaw();
        await using var emr = await MllpPeer.Connect(node.MllpPort);
        await Book(emr, "V6");
        await Answer(node, "V6", "plainly said");
        await cell.Until(db => db.Set<InboundText>().AllAsync(row => row.Understood), Patience, "it is read");
    }

    private Task UntilSomebodyWaits(int count) =>
        cell.Until(async db => await db.Database.SqlQueryRaw<int>(Waiting).SingleAsync() >= count, Patience, $"{count} wait");

    private async Task Answer(ServerProcess node, string visit, string words) =>
        (await Webhook.Reply($"SM9{visit}", $"+1{Phone(visit)}", words).IsTaken(http, node.Http, TestContext.Current.CancellationToken)).ShouldBeTrue();
}
