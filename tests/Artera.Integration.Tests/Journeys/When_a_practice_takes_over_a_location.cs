using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_a_practice_takes_over_a_location
{
    private static readonly SimulatedVisit Visit =
        new("V1", new SimulatedPatient("T1", "Testa", "Sample") { Cell = "2125550101" }, new LocalDateTime(2026, 11, 6, 14, 30)) { Location = "ANNEX-9" };

    [Theory, OnEveryDatabase]
    public async Task What_was_kept_for_it_is_applied_and_the_visit_is_planned(DatabaseProvider on)
    {
        await using var server = await TestServer.StartOn(on, new FakeTimeProvider(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero)));
        await SetUp(server, "");
        await using var emr = EmrSimulator.Start(server.MllpPort);
        await emr.Send(new SimulatedMessages().Booked(Visit, "1", new LocalDateTime(2026, 10, 26, 9, 0)));
        await server.Until(db => db.Set<InboxMessage>().Select(row => row.State).SingleAsync(), state => state == InboxState.Unmapped);

        // As another process would: the server is not told, it must notice.
        await SetUp(server, "- { id: ANNEX-9, name: Annex }");

        await server.Until(db => db.Set<InboxMessage>().Select(row => row.State).SingleAsync(), state => state == InboxState.Applied);
        (await server.Read(db => db.Set<PlannedMessage>().AnyAsync(row => row.State != PlanState.NotSent))).ShouldBeTrue();
    }

    private static Task SetUp(TestServer server, string location) => server.Read(async db =>
    {
        using var text = new StringReader($"""
            name: Test Health
            practices:
              - name: Test Practice
                time-zone: America/New_York
                lines: [{"{"} number: "+12025550110", name: Desk {"}"}]
                resources:
                  {location}
            """);
        await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None);
        return await UnmappedMessages.Release(db, server.Services.GetRequiredService<FeedBook>(), CancellationToken.None);
    });
}
