using System.Globalization;
using System.Text.Json;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Web.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_message_is_traced(ClinicServer clinic) : WithAClinic(clinic), IClassFixture<ClinicServer>, IAsyncLifetime
{
    private static readonly string[] SmallTables = ["Practice", "Line", "Resource", "EventType", "Holiday", "HealthSystem", "SettingsVersion"];
    private long booked;
    private long asked;
    private long answer;

    public async ValueTask InitializeAsync()
    {
        booked = await Server.Read(db => db.Set<InboxMessage>().Where(row => row.ControlId == "A1").Select(row => row.Id).SingleAsync());
        asked = (await Server.Read(db => db.Set<PlannedMessage>().Where(row => row.OutboundMessageId != null).OrderBy(row => row.Id).Select(row => row.OutboundMessageId).FirstAsync()))!.Value;
        answer = await Server.Read(db => db.Set<InboundText>().Where(row => row.ProviderId == "SM-traced").Select(row => row.Id).FirstOrDefaultAsync());
        if (answer != 0)
            return;

        var now = TimeProvider.System.Now();
        var text = new InboundText
        {
            ProviderId = "SM-traced",
            From = "+12025550141",
            To = Clinic.Line.Number,
            Body = "Yes thank you",
            ReceivedAt = now - Duration.FromMinutes(5),
            DueAt = now,
            Understood = true,
            Meaning = "confirm",
        };
        await Server.Write(
            text,
            new Attempt { OutboundMessageId = asked, Number = 1, StartedAt = now - Duration.FromMinutes(9), SettledAt = now - Duration.FromMinutes(9), Outcome = "Accepted" },
            new OpenQuestion
            {
                LineId = Clinic.Line.Id,
                Number = "+12025550141",
                PatientId = Clinic.Ana.Id,
                AppointmentId = Clinic.AnasVisit.Id,
                OutboundMessageId = asked,
                AskedAt = now - Duration.FromMinutes(9),
                ClosesAt = now + Duration.FromHours(25),
                State = QuestionState.Answered,
            });
        answer = text.Id;
        var plan = await Server.Read(db => db.Set<PlannedMessage>().Where(row => row.OutboundMessageId == asked).Select(row => row.Id).SingleAsync());
        var reference = string.Create(CultureInfo.InvariantCulture, $"planned:{plan}");
        await Server.Read(db => db.Set<OutboundMessage>().Where(row => row.Id == asked).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reference, reference)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Its_bytes_and_what_was_read_of_them_by_which_rule_are_told()
    {
        var trace = await Get($"trace/messages/{booked}");
        trace.GetProperty("message").Text("raw")!.ShouldContain("PID|1||MRN1001");
        var reading = trace.GetProperty("reading");
        reading.Text("action").ShouldBe("book");
        var patient = reading.GetProperty("fields").EnumerateArray().First(field => field.Text("field") == "patient.id");
        (patient.Text("path"), patient.Text("value")).ShouldBe(("PID-3(5=MR).1", "MRN1001"));
        reading.GetProperty("unread").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task All_that_happened_to_its_appointment_is_told_in_order()
    {
        var steps = Steps((await Get($"trace/messages/{booked}")).GetProperty("visits").EnumerateArray().Single());
        steps.Select(step => step.Text("at")).ShouldBeInOrder();
        steps.Where(step => step.Text("stage") != "Decided").Select(step => (step.Text("stage"), step.Text("about"))).ShouldBe(
        [
            ("Received", $"message:{booked}"), ("Sent", $"text:{asked}"), ("Answered", $"answer:{answer}"),
            ("WrittenBack", $"writeback:{Clinic.Told.Id}"), ("WrittenBack", $"writeback:{Clinic.Told.Id}"),
        ]);
        steps.Count(step => step.Text("stage") == "Decided").ShouldBe(3);
        steps.Single(step => step.Text("stage") == "Answered").Text("state").ShouldBe("confirm");
    }

    [Fact]
    public async Task Every_way_to_it_tells_the_same()
    {
        string[] ways = [$"trace/messages/{booked}", $"trace/texts/{asked}", $"trace/answers/{answer}"];
        var known = Steps(await Get($"trace/appointments/{Clinic.AnasVisit.Id}")).Select(step => step.ToString()).ToList();
        known.Count.ShouldBeGreaterThan(7);
        foreach (var way in ways)
            Steps((await Get(way)).GetProperty("visits").EnumerateArray().Single()).Select(step => step.ToString()).ShouldBe(known, way);
    }

    [Fact]
    public async Task A_text_about_several_visits_leads_to_all_of_them()
    {
        var now = TimeProvider.System.Now();
        await Server.Write(new Appointment { Emr = "main", ExternalId = "VISIT-9", Feed = "main", PatientId = Clinic.Layla.Id, PracticeId = Clinic.Practice.Id, StartsAt = now + Duration.FromHours(32), BookedAt = now });
        var visits = await Server.Read(db => db.Set<Appointment>().Where(row => row.PatientId == Clinic.Layla.Id).Select(row => row.Id).ToListAsync());
        var text = new OutboundMessage { Medium = Medium.Sms, LineId = Clinic.Line.Id, From = Clinic.Line.Number, To = "+12025550142", Body = "Two visits", PatientId = Clinic.Layla.Id, Priority = Priority.Reminder, CreatedAt = now, DueAt = now, State = OutboundState.Sent };
        await Server.Write(text);
        var trigger = await Server.Read(db => db.Set<Trigger>().Select(row => row.Id).FirstAsync());
        var plans = visits.ConvertAll(visit => new PlannedMessage { TriggerId = trigger, PatientId = Clinic.Layla.Id, Module = TriggerModule.Appointment, SubjectId = visit, Anchor = now, State = PlanState.Sent, DecidedAt = now, DueAt = now, OutboundMessageId = text.Id });
        await Server.Write([.. plans]);
        var reference = string.Create(CultureInfo.InvariantCulture, $"planned:{plans[0].Id}");
        await Server.Read(db => db.Set<OutboundMessage>().Where(row => row.Id == text.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reference, reference)));

        (await Get($"trace/texts/{text.Id}")).GetProperty("visits").EnumerateArray()
            .Select(visit => visit.GetProperty("appointment").GetProperty("id").GetInt64()).ShouldBe(visits, ignoreOrder: true);
        visits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_back_comes_with_what_was_sent_and_the_acknowledgement()
    {
        var steps = Steps(await Get($"trace/appointments/{Clinic.Parked.AppointmentId}"));
        steps[^1].Text("state").ShouldBe("Parked");
        steps[^1].Text("sent")!.ShouldContain("SCH||VISIT-2");
        steps[^1].Text("acknowledgement")!.ShouldContain("MSA|AR|W2");
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("appointments")]
    [InlineData("texts")]
    [InlineData("answers")]
    public async Task Whoever_sees_it_is_written_down(string kind)
    {
        var id = kind switch { "messages" => booked, "appointments" => Clinic.AnasVisit.Id, "texts" => asked, _ => answer };
        var before = (await AuditLog()).Count;
        await Get($"trace/{kind}/{id}");
        (await AuditLog()).Skip(before).Select(entry => (entry.What, entry.PatientId, entry.Subject))
            .ShouldBe([("read", Clinic.Ana.Id, string.Create(CultureInfo.InvariantCulture, $"trace {kind[..^1]}:{id}"))]);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("appointments")]
    [InlineData("texts")]
    [InlineData("answers")]
    public async Task What_is_not_there_is_not_found(string kind)
    {
        using var reply = await Api.GetAsync(new Uri($"trace/{kind}/999999", UriKind.Relative));
        reply.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_index_leads_to_everything()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var plans = await QueryPlans.Of(Server.DatabaseFile, async () =>
        {
            await services.GetRequiredService<MessageTraces>().Of(booked, CancellationToken.None);
            await services.GetRequiredService<TextTraces>().Sent(asked, CancellationToken.None);
            await services.GetRequiredService<TextTraces>().Received(answer, CancellationToken.None);
        });
        plans.Count.ShouldBeGreaterThan(20);
        QueryPlans.Scans(plans, SmallTables).ShouldBeEmpty();
    }

    private static List<JsonElement> Steps(JsonElement visit) => [.. visit.GetProperty("steps").EnumerateArray()];
}
