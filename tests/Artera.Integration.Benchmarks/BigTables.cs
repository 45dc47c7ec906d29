using System.Diagnostics;
using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Tracing;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Benchmarks;

/// <summary>
/// What is asked all day of two databases, a small and a big one, side by side: <c>-- tables --database FILE --database FILE</c>.
/// </summary>
internal static class BigTables
{
    private const int Rounds = 31;
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(Contents.NowSeconds);

    private static readonly (string Asked, Func<IServiceProvider, IntegrationDb, long, Task> Ask)[] Questions =
    [
        ("due-claim: 500 planned messages", (services, db, _) => DueClaims.Claim(services, db, Now)),
        ("inbox: the first 50 channels", (services, _, _) => Ask(services, new ChannelList())),
        ("inbox: 50 open channels of a practice", (services, _, at) => Ask(services, new ChannelList { PracticeId = 1 + (at % 50), Open = true })),
        ("inbox: a conversation", (services, _, at) => Ask(services, new ChannelConversation(at))),
        ("facesheet: the patient", (_, db, at) => PatientDetail.Read(db, at, CancellationToken.None)),
        ("facesheet: the visits", (_, db, at) => db.Set<Appointment>().Where(row => row.PatientId == at).OrderByDescending(row => row.StartsAt).Take(50).ReadRows(db, CancellationToken.None)),
        ("facesheet: the decisions", (services, _, at) => Ask(services, new DecisionsOf(at, Take: 500))),
        ("facesheet: the recalls", (_, db, at) => db.Set<Recall>().AsNoTracking().Where(row => row.PatientId == at).OrderByDescending(row => row.Id).Take(20).ToListAsync()),
        ("schedule: a practice's next hour", (_, db, at) => db.Set<Appointment>().Where(row => row.PracticeId == 1 + (at % 50) && row.StartsAt >= Now && row.StartsAt < Now + Duration.FromHours(1)).OrderBy(row => row.StartsAt).Take(50).ReadRows(db, CancellationToken.None)),
        ("trace: a visit", (services, _, at) => services.GetRequiredService<VisitTraces>().Of(at, CancellationToken.None)),
        ("trace: a message", (services, _, at) => services.GetRequiredService<MessageTraces>().Of(at, CancellationToken.None)),
        ("trace: a recall", (services, _, at) => services.GetRequiredService<OrderTraces>().OfRecall(at, CancellationToken.None)),
        ("search: patient id", (_, db, at) => Search(db, new() { PatientId = string.Create(CultureInfo.InvariantCulture, $"P{at:0000000}") })),
        ("search: control id", (_, db, at) => Search(db, new() { ControlId = string.Create(CultureInfo.InvariantCulture, $"C{at:000000000}") })),
        ("search: state Held", (_, db, _) => Search(db, new() { State = InboxState.Held })),
        ("search: rare event of a day", (_, db, _) => Search(db, new() { Event = "REF^I14", From = Now - Duration.FromDays(100), To = Now - Duration.FromDays(99) })),
    ];

    public static async Task<int> Print(string[] files)
    {
        var databases = Array.ConvertAll(files, file => new BigDatabase(file));
        var times = new List<double[]>();
        foreach (var database in databases)
            times.Add(await Measure(database));
        Console.WriteLine($"| median of {Rounds}, ms | {string.Join(" | ", databases.Select(database => database.Name))} | ratio |");
        Console.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", files.Length + 1))}");
        for (var i = 0; i < Questions.Length; i++)
        {
            var cells = string.Join(" | ", times.Select(column => column[i].ToString("0.0", CultureInfo.InvariantCulture)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Questions[i].Asked} | {cells} | {times[^1][i] / times[0][i]:0.0} |"));
        }

        return 0;
    }

    private static async Task<double[]> Measure(BigDatabase database)
    {
        await using var rooms = database.Rooms();
        await using var looking = rooms.Services.CreateAsyncScope();
        // The smallest of the tables that are asked by number.
        var most = await looking.ServiceProvider.GetRequiredService<IntegrationDb>().Set<Recall>().MaxAsync(row => row.Id);
        var medians = new double[Questions.Length];
        for (var i = 0; i < medians.Length; i++)
        {
            await One(rooms.Services, i, 1);
            var times = new double[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                times[round] = await One(rooms.Services, i, 1 + ((round + 1) * 7_368_787L % most));
                await DueClaims.PutOff(looking.ServiceProvider);
            }

            Array.Sort(times);
            medians[i] = times[Rounds / 2];
        }

        await DueClaims.PutBack(looking.ServiceProvider);
        return medians;
    }

    private static async Task<double> One(IServiceProvider services, int question, long at)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var started = Stopwatch.GetTimestamp();
        await Questions[question].Ask(scope.ServiceProvider, db, at);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task Ask<T>(IServiceProvider services, IQuery<T> query) => await services.GetRequiredService<ISender>().Send(query);

    private static async Task Search(IntegrationDb db, InboxFilter filter)
    {
        var ids = await new FindMessagesHandler(db).Handle(new FindMessages(filter, Before: null, 51), CancellationToken.None);
        await db.Set<InboxMessage>().RowsOf(ids, CancellationToken.None);
    }
}
