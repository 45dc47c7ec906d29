using System.Diagnostics;
using System.Globalization;
using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Benchmarks;

/// <summary>
/// How fast much is planned and sent, on SQLite: <c>-- replan --appointments 100000</c>, <c>-- campaign --patients 30000</c>,
/// <c>-- sending --messages 3000 --latency 50</c>.
/// </summary>
internal static class BulkRun
{
    private const string Account = "AC00000000000000000000000000000001";

    /// <summary>Plans everything for the first time, then again after each of two changes of a trigger.</summary>
    public static async Task<int> Replan(int visits)
    {
        await using var place = await BulkPlace.Open(visits, visits);
        await Timed(visits, "visits planned for the first time", () => PlanAgain(place, running: true));
        await Timed(visits, "visits planned again: the trigger paused", () => PlanAgain(place, running: false));
        await Timed(visits, "visits planned again: the trigger started", () => PlanAgain(place, running: true));
        var rows = await place.Use((db, _) => db.Set<PlannedMessage>().CountAsync());
        Say($"{rows} rows in the ledger");
        return 0;
    }

    /// <summary>A list comes in, is looked at, and everybody's message is planned.</summary>
    public static async Task<int> Campaign(int patients)
    {
        await using var place = await BulkPlace.Open(patients, 0);
        var entry = new CampaignEntry { Name = "Flu", PracticeId = 1, Sms = new() { ["en"] = "{practiceName}: flu shots every Friday, {clientFirstName}." }, Pace = new() { PerHour = 3600 } };
        var id = (await place.Send(new SaveCampaign(null, entry, "bench"))).Campaign!.Id;
        var list = Encoding.UTF8.GetBytes("mrn\n" + string.Concat(Enumerable.Range(1, patients).Select(patient => string.Create(CultureInfo.InvariantCulture, $"P{patient:0000000}\n"))));
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Timed(patients, "rows of the list read", async () =>
        {
            using var csv = new MemoryStream(list);
            await place.Services.GetRequiredService<CampaignList>().Read(id, csv, "bench", CancellationToken.None);
        });
        await Timed(patients, "patients previewed", () => place.Use(async (_, services) => await services.GetRequiredService<IMediator>().Send(new CampaignPreview(id))));
        await place.Send(new DecideCampaign(id, CampaignStep.Start, "bench", NodaTime.SystemClock.Instance.GetCurrentInstant() + NodaTime.Duration.FromDays(30)));
        await Timed(patients, "messages planned", () => Job(place));
        var planned = await place.Use((db, _) => db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned));
        await Handed(place, patients);
        await Timed(patients, "messages reported, three times as many of others beside them", () => place.Use(async (_, services) =>
        {
            var report = await services.GetRequiredService<IMediator>().Send(new CampaignReport(id));
            Say($"{report!.Sent} sent, {report.Segments} segments, {report.Answered} answered");
            return report;
        }));
        Say($"{planned} messages in the plan; {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:0.0} MB more in memory than before, peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        return 0;
    }

    /// <summary>Everybody's message was sent, every tenth has answered, and others have been sent and have written three times as much.</summary>
    private static Task Handed(BulkPlace place, int patients) => place.Use(async (db, _) =>
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        var at = new Dialect(sqlite: true).At("0");
        await Filling.Insert(connection, sqlite: true, "OutboundMessage", 4 * patients,
        [
            ("Medium", "'Sms'"), ("LineId", "1"), ("From", "'+12025550190'"), ("To", "'+1202' || (1000000 + i)"), ("Body", "'Flu shots every Friday.'"), ("Segments", "1"), ("Priority", "'Bulk'"), ("PatientId", "i"),
            ("CreatedAt", at), ("DueAt", at), ("State", "'Sent'"), ("Delivery", "'Delivered'"), ("SentAt", at), ("ProviderId", "'SM' || i"),
        ]);
        await Filling.Insert(connection, sqlite: true, "InboundText", 4 * patients / 10,
        [
            ("ProviderId", "'SR' || i"), ("From", "'+1202' || (1000000 + 10 * i)"), ("To", "'+12025550190'"), ("Body", "'Thanks'"),
            ("ReceivedAt", new Dialect(sqlite: true).At("60")), ("DueAt", at), ("Understood", "1"),
        ]);
        return await db.Database.ExecuteSqlRawAsync("UPDATE \"PlannedMessage\" SET \"State\" = 'Sent', \"OutboundMessageId\" = \"PatientId\" WHERE \"Module\" = 'Campaign'");
    });

    /// <summary>Messages that are queued leave for a stand-in that takes its time; nothing else limits them.</summary>
    public static async Task<int> Sending(int messages, int latency, int atOnce)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Urls", "http://127.0.0.1:0"), new("Logging:LogLevel:Default", "None")]);
        await using var standIn = builder.Build();
        var taken = 0;
        standIn.MapPost($"/2010-04-01/Accounts/{Account}/Messages.json", async () =>
        {
            await Task.Delay(latency);
            return Results.Json(new { sid = $"SM{Interlocked.Increment(ref taken):x32}", status = "queued" }, statusCode: 201);
        });
        await standIn.StartAsync();
        await using var place = await BulkPlace.Open(messages, 0,
            new("Twilio:AccountSid", Account), new("Twilio:AuthToken", "synthetic"), new("Twilio:BaseUrl", standIn.Urls.First()), new("Twilio:PublicUrl", "http://127.0.0.1"), new("Delivery:MostAtOnce", atOnce.ToString(CultureInfo.InvariantCulture)), new("Delivery:Rates:SegmentsPerSecond", "0"));
        await place.Use(async (db, _) =>
        {
            var now = TimeProvider.System.Now();
            db.AddRange(Enumerable.Range(1, messages).Select(number => new OutboundMessage
            {
                Medium = Medium.Sms,
                LineId = 1,
                From = "+12025550190",
                To = string.Create(CultureInfo.InvariantCulture, $"+1202{1_000_000 + number}"),
                Body = "Flu shots every Friday.",
                Priority = Priority.Bulk,
                PatientId = number,
                CreatedAt = now,
                DueAt = now,
            }));
            return await db.SaveChangesAsync();
        });
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        await Timed(messages, $"messages sent, {latency} ms each, {atOnce} at once", () => place.Use(async (_, services) =>
        {
            await services.GetRequiredService<SendMessagesJob>().Execute(null!, CancellationToken.None);
            return 0;
        }));
        used = Process.GetCurrentProcess().TotalProcessorTime - used;
        Say($"{taken} were taken by the stand-in; {used.TotalMilliseconds / messages:0.00} ms of processor time each, the stand-in's included");
        return taken == messages ? 0 : 1;
    }

    private static async Task PlanAgain(BulkPlace place, bool running)
    {
        await place.Use(async (db, _) =>
        {
            var trigger = await db.Set<Trigger>().SingleAsync(row => row.Name == "Confirmation, 2 days before");
            trigger.Running = running;
            await db.AskForReplanning(TriggerModule.Appointment, practice: null, TimeProvider.System.Now(), CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        var services = place.Services;
        await new PlanAgainJob(services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<WriteGate>(), TimeProvider.System).Execute(null!, CancellationToken.None);
    }

    private static async Task Job(BulkPlace place)
    {
        var services = place.Services;
        await new CampaignJob(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<DueMessages>(), services.GetRequiredService<WriteGate>(),
            services.GetRequiredService<IOptions<OutreachOptions>>(), TimeProvider.System).Execute(null!, CancellationToken.None);
    }

    private static async Task Timed(int count, string what, Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Say($"{seconds,7:0.0} s  {count / seconds,8:0} a second  {count} {what}");
    }

    private static void Say(FormattableString what) => Console.WriteLine(FormattableString.Invariant(what));

    private static void Say(string what) => Console.WriteLine(what);
}
