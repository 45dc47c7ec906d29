using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Replies;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Web;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Data;

/// <summary>What is asked each second, or for each message: never of a whole table, however few are looked for.</summary>
public sealed class When_SQLite_looks_for_work
{
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 26, 9, 0);

    private static readonly (string Asked, Func<IServiceProvider, IntegrationDb, Task> Ask)[] Questions =
    [
        ("where messages wait", (services, _) => services.GetRequiredService<InboxQueue>().Look(CancellationToken.None)),
        ("the next messages", (services, _) => services.GetRequiredService<InboxQueue>().Next(Lane.All, 64, CancellationToken.None)),
        ("how many wait", (_, db) => CountWaiting.Waiting(db, 40_000, CancellationToken.None)),
        ("visits' messages", (services, db) => Claim(services, db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned && row.Module == TriggerModule.Appointment))),
        ("messages to send", (services, db) => Claim(services, db.Set<OutboundMessage>().Where(row => row.State == OutboundState.Queued && row.Priority == Priority.Reminder))),
        ("reminders in the queue", (services, _) => services.GetRequiredService<ISender>().Send(new LookAtQueued()).AsTask()),
        ("answers of patients", (services, _) => services.GetRequiredService<ReadRepliesJob>().Execute(null!, CancellationToken.None).AsTask()),
        ("answers for the EMR", (_, db) => db.Set<PendingWriteBack>().DueFor(db, Now).OrderBy(row => row.Id).Take(1).ToListAsync()),
    ];

    [Fact]
    public async Task It_takes_an_index()
    {
        await using var clinic = new ClinicServer();
        await clinic.InitializeAsync();
        foreach (var (asked, ask) in Questions)
        {
            var plans = await QueryPlans.Of(clinic.Server.DatabaseFile, async () =>
            {
                await using var scope = clinic.Server.Services.CreateAsyncScope();
                await ask(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IntegrationDb>());
            });
            plans.ShouldNotBeEmpty(asked);
            plans.Where(plan => plan.Step.StartsWith("SCAN ", StringComparison.Ordinal) && plan.Step is not ("SCAN CONSTANT ROW" or "SCAN i0")).ShouldBeEmpty(asked);
        }
    }

    private static Task Claim<T>(IServiceProvider services, IQueryable<T> waiting)
        where T : DueRow => services.GetRequiredService<IntegrationDb>().ClaimDue(waiting, Now, 100, Duration.FromMinutes(1), services.GetRequiredService<WriteGate>(), CancellationToken.None);
}
