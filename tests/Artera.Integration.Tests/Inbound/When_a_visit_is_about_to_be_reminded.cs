using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_visit_is_about_to_be_reminded
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(DateTimeOffset.UtcNow.Date, TimeSpan.Zero).AddHours(17));

    [Fact]
    public async Task It_is_read_first_and_nobody_is_reminded_of_one_that_the_server_has_no_more()
    {
        await using var emr = await Emr();
        await using var server = await Start(emr);
        await Planned(server, emr);
        emr.Delete("Appointment/a1");

        (await Reminder(server, row => row.State == PlanState.NotSent)).Reason.ShouldBe(Reasons.Cancelled);

        (await server.Read(db => db.Set<Appointment>().AsNoTracking().SingleAsync())).SystemStatus.ShouldBe(EmrStatus.Deleted);
    }

    [Fact]
    public async Task One_that_is_as_it_was_is_reminded()
    {
        await using var emr = await Emr();
        await using var server = await Start(emr);
        await Planned(server, emr);

        await Reminder(server, row => row.State == PlanState.Sent);

        emr.Asked.Count(asked => asked == "GET Appointment/a1").ShouldBe(1);
    }

    [Fact]
    public async Task One_whose_reminder_waits_in_the_queue_is_read_again()
    {
        await using var emr = await Emr();
        await using var server = await Start(emr);
        await Planned(server, emr);
        var reminder = await Reminder(server, row => row.State == PlanState.Sent);
        await Requeue(server, reminder.OutboundMessageId!.Value);
        await LookAtQueued(server);
        emr.Asked.Count(asked => asked == "GET Appointment/a1").ShouldBe(1, "what was read a moment ago is good enough");

        emr.Delete("Appointment/a1");
        clock.Advance(TimeSpan.FromMinutes(20));
        await LookAtQueued(server);

        await server.Until(db => db.Set<Appointment>().AsNoTracking().SingleAsync(), visit => visit.SystemStatus == EmrStatus.Deleted);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_does_not_keep_the_patient_from_being_reminded()
    {
        await using var emr = await Emr();
        await using var server = await Start(emr, "00:01:00");
        await Planned(server, emr);
        emr.Refusing = _ => Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

        await Reminder(server, row => row.State == PlanState.Sent);

        (await server.Read(db => db.Set<FhirRead>().SingleAsync())).AnsweredAt.ShouldBeNull();
    }

    private async Task<FhirStandIn> Emr()
    {
        var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1", start: clock.GetUtcNow().AddDays(5)));
        return emr;
    }

    private Task<TestServer> Start(FhirStandIn emr, string patience = "01:00:00") => FhirVisits.StartAt(
        emr.Base, clock, new("Feeds:1:Fhir:ReadBeforeReminder", "true"), new("Feeds:1:Fhir:ReadPatience", patience));

    /// <summary>As if the line were busy for hours.</summary>
    private async Task Requeue(TestServer server, long id)
    {
        await server.Until(db => db.Set<OutboundMessage>().AsNoTracking().SingleAsync(row => row.Id == id), row => row.State == OutboundState.Sent);
        var later = clock.Now() + Duration.FromHours(10);
        using var turn = await server.Services.GetRequiredService<WriteGate>().Enter(CancellationToken.None);
        await server.Read(db => db.Set<OutboundMessage>().Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboundState.Queued).SetProperty(row => row.DueAt, later)));
    }

    private static async Task LookAtQueued(TestServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LookAtQueuedJob>().Execute(null!, CancellationToken.None);
    }

    /// <summary>The visit is known, and its reminders are planned.</summary>
    private static async Task Planned(TestServer server, FhirStandIn emr)
    {
        await FhirVisits.Notify(server, emr.All("Appointment").Single().ToJsonString());
        await server.Until(Reminders, planned => planned.Count > 0);
    }

    /// <summary>Time passes, until the first reminder is as it should be.</summary>
    private async Task<PlannedMessage> Reminder(TestServer server, Func<PlannedMessage, bool> satisfied)
    {
        var first = (await server.Read(Reminders)).Where(row => row.State == PlanState.Planned).MinBy(row => row.DueAt)!;
        clock.Advance((first.DueAt - clock.Now()).ToTimeSpan());
        for (var look = 0; look < 2400; look++)
        {
            var row = (await server.Read(Reminders)).Single(row => row.Id == first.Id);
            if (satisfied(row))
                return row;
            await Task.Delay(50, TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException("the reminder stayed as it was");
    }

    private static async Task<List<PlannedMessage>> Reminders(IntegrationDb db)
    {
        var rules = (await db.Set<Trigger>().AsNoTracking().ToListAsync()).Where(rule => rule.Timing is { Anchor: Anchor.Start, Before: true }).Select(rule => rule.Id).ToList();
        return await db.Set<PlannedMessage>().AsNoTracking().Where(row => rules.Contains(row.TriggerId)).ToListAsync();
    }
}
