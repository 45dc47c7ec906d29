using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Inbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Data;

/// <summary>What is asked every second of tables that grow for ever is found by index; what only asks small tables may read them.</summary>
public sealed class When_FHIR_rows_are_many
{
    private const string Now = "2036-10-26T14:00:00Z";
    private static readonly string[] Small = ["FhirPoll", "FhirSubscription", "FhirGap", "FhirSilence", "FhirCounter", "FhirHour", "Practice", "Line", "SettingsVersion"];

    [Fact]
    public async Task SQLite_finds_them_by_index()
    {
        await using var server = await FhirVisits.Start("http://127.0.0.1:1/r4", Settings(1));

        foreach (var (name, work) in Work(server.Services))
        {
            var plans = await QueryPlans.Of(server.DatabaseFile, work);
            plans.ShouldNotBeEmpty(name);
            QueryPlans.Scans(plans, Small).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task PostgreSQL_finds_them_by_index()
    {
        await using var rooms = await Rooms.OpenOn(
            DatabaseProvider.PostgreSql, Now,
            [new("Feeds:0:Name", "emr"), new("Feeds:0:Mapping", "mappings/generic"), new("Feeds:0:Fhir:BaseUrl", "http://127.0.0.1:1/r4"), new("Feeds:0:Fhir:Subscription:Secret", "hush"), .. Settings(0)]);
        var tables = new BigTables(rooms.Database);
        await tables.Fill("InboxMessage", ("State", "CASE WHEN i % 10000 = 0 THEN 'Waiting' ELSE 'Applied' END"), ("Feed", "'emr'"), ("RetryAt", "NULL"));
        await tables.Fill("FhirRead", ("Feed", "'emr'"), ("AnsweredAt", "CASE WHEN i % 10000 = 0 THEN NULL ELSE now() END"), ("GiveUpAt", "now() + interval '20 years'"));
        await tables.Fill("Appointment", ("Emr", "'emr'"), ("Feed", "'emr'"), ("PracticeId", "1"), ("SystemStatus", "'Booked'"), ("ReplacedById", "NULL"), ("StartsAt", "now() - i * interval '1 hour'"));

        foreach (var (name, work) in Work(rooms.Services))
            (await tables.Scans(work)).ShouldBeEmpty(name);
    }

    private static KeyValuePair<string, string?>[] Settings(int feed) =>
    [
        new($"Feeds:{feed}:Fhir:ReadBeforeReminder", "true"), new($"Feeds:{feed}:Fhir:PollEvery", "01:00:00"), new("Inbound:LookEvery", "01:00:00"),
    ];

    private static IEnumerable<(string Name, Func<Task> Work)> Work(IServiceProvider services)
    {
        var feed = services.GetRequiredService<FeedBook>().Find("emr")!;
        var now = TimeProvider.System.Now();
        yield return ("notifications that wait", () => With<LookUpFhirJob>(services, job => job.Execute(null!, CancellationToken.None).AsTask()));
        yield return ("visits to read", () => With<ReadVisitsJob>(services, job => job.Execute(null!, CancellationToken.None).AsTask()));
        yield return ("gaps", () => With<RecoverEventsJob>(services, job => job.Execute(null!, CancellationToken.None).AsTask()));
        yield return ("troubles", () => With<IntegrationDb>(services, db => FeedTrouble.All(db, services.GetRequiredService<FeedBook>(), CancellationToken.None)));
        yield return ("versions of a page", () => With<IntegrationDb>(services, db => db.KnownOf(feed, [Visit("v", "\"meta\":{\"versionId\":\"3\"},")], CancellationToken.None)));
        yield return ("visits of a window", () => With<VisitReading>(
            services, reading => reading.Missing(feed, new Interval(now + Duration.FromDays(5), now + Duration.FromDays(6)), new HashSet<string>(), CancellationToken.None)));
        foreach (var version in (string[])["\"meta\":{\"versionId\":\"4\"},", ""])
        {
            yield return ($"one version {version}", () => With<IntegrationDb>(services, async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.KeepVersion(FhirIntake.Resource(feed, Visit("w", version), now), quiet: true, CancellationToken.None);
            }));
        }
    }

    private static FhirMessage Visit(string id, string meta) =>
        FhirMessage.TryRead(Encoding.UTF8.GetBytes(FhirVisits.Visit(id).Replace("\"status\":\"booked\"", $"{meta}\"status\":\"booked\"", StringComparison.Ordinal)), out _)!;

    private static async Task With<T>(IServiceProvider services, Func<T, Task> work)
        where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }
}
