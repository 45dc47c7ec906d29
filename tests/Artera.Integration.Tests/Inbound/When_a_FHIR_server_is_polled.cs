using System.Net;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_FHIR_server_is_polled
{
    [Fact]
    public async Task All_pages_are_read_before_the_poll_moves_on_and_what_changes_later_is_found()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        for (var i = 1; i <= 5; i++)
            emr.Put(FhirVisits.Visit($"a{i}"));
        await using var server = await Start(emr);

        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 5);
        (await Poll(server, poll => poll.Watermark != null)).Trouble.ShouldBeNull();
        (await server.Read(db => db.Set<InboxMessage>().AllAsync(row => row.Quiet))).ShouldBeTrue();
        emr.Put(FhirVisits.Visit("a3", status: "cancelled"));

        await server.Until(db => Status(db, "a3"), status => status == EmrStatus.Cancelled);
        (await server.Read(db => db.Set<InboxMessage>().SingleAsync(row => row.Event == "Appointment/cancelled"))).Quiet.ShouldBeFalse();
        (await server.Read(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked"))).ShouldBe(5);
    }

    [Fact]
    public async Task Whom_many_visits_are_of_is_asked_for_once_in_a_round_and_again_when_a_visit_has_changed_since()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        for (var i = 1; i <= 5; i++)
            emr.Put(FhirVisits.Visit($"a{i}"), DateTimeOffset.UtcNow.AddHours(-1));
        emr.Put(FhirVisits.Visit("b"), DateTimeOffset.UtcNow.AddMinutes(5));
        await using var server = await Start(emr);

        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 6);

        emr.Asked.Count(asked => asked == "GET Patient/p1").ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_keeps_no_other_feed_waiting()
    {
        await using var slow = await FhirStandIn.Start();
        slow.Slowness = TimeSpan.FromMinutes(10);
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        await using var server = await Start(
            emr,
            new("Feeds:2:Name", "slow"), new("Feeds:2:Mapping", "mappings/generic"), new("Feeds:2:Fhir:BaseUrl", slow.Base), new("Feeds:2:Fhir:Subscription:Secret", FhirVisits.Secret),
            new("Feeds:2:Fhir:PollEvery", "00:00:01"), new("Feeds:2:Fhir:Timeout", "00:10:00"));
        await server.Until(_ => Task.FromResult(slow.Asked.Count), asked => asked > 0);

        for (var i = 1; i <= 3; i++)
        {
            emr.Put(FhirVisits.Visit($"a{i}"));
            await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == i);
        }

        slow.Asked.Count.ShouldBe(1, "one round of a feed at a time");
        (await server.Read(db => db.Set<FhirPoll>().CountAsync(poll => poll.Feed == "slow"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_poll_that_breaks_off_keeps_what_it_has_and_does_not_move_on()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        for (var i = 1; i <= 3; i++)
            emr.Put(FhirVisits.Visit($"a{i}"));
        var down = true;
        emr.Refusing = request => down && request.Query.ContainsKey("_getpages") ? Results.StatusCode((int)HttpStatusCode.ServiceUnavailable) : null;
        await using var server = await Start(emr);

        var stopped = await Poll(server, poll => poll.Trouble != null);
        (stopped.Trouble, stopped.Watermark).ShouldBe(("http-503", null));
        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 2);
        down = false;

        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 3);
        (await Poll(server, poll => poll.Watermark != null)).Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_notified_of_is_not_applied_again_when_the_poll_finds_it()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1"));
        await using var server = await Start(emr);
        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 1);
        var first = (await Poll(server, poll => poll.Watermark != null)).EndedAt;

        (await FhirVisits.Notify(server, emr.All("Appointment").Single().ToJsonString())).ShouldBe(HttpStatusCode.OK);
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Notification/resource" && row.State == InboxState.Applied), rows => rows == 1);
        await Poll(server, poll => poll.EndedAt > first);

        (await server.Read(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked"))).ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task Where_lastUpdated_is_refused_the_window_is_compared_and_only_the_read_says_that_a_visit_is_gone(DatabaseProvider on)
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        foreach (var id in (string[])["a1", "a2", "a3"])
            emr.Put(FhirVisits.Visit(id));
        var hidden = false;
        emr.Refusing = request => request.Query.ContainsKey("_lastUpdated") ? Results.BadRequest()
            : hidden && request.Query.ContainsKey("date") ? Results.Text("""{"resourceType":"Bundle","type":"searchset"}""", "application/fhir+json")
            : null;
        await using var server = await StartOn(on, emr, new KeyValuePair<string, string?>("Feeds:1:Fhir:Poll:By", "Window"));
        await server.Until(db => db.Set<Appointment>().CountAsync(), visits => visits == 3);

        hidden = true;
        emr.Delete("Appointment/a1");
        emr.Put(FhirVisits.Visit("a2", status: "entered-in-error"));

        await server.Until(db => Status(db, "a1"), status => status == EmrStatus.Deleted);
        await server.Until(db => Status(db, "a2"), status => status == EmrStatus.Deleted);
        var gone = await server.Read(db => db.Set<InboxMessage>().SingleAsync(row => row.Note == "gone"));
        (gone.Event, gone.AppointmentKey, gone.State).ShouldBe(("Appointment/entered-in-error", "a1", InboxState.Applied));
        var before = (await Poll(server, _ => true)).EndedAt;
        await Poll(server, poll => poll.EndedAt > before);
        (await server.Read(db => Status(db, "a3"))).ShouldBe(EmrStatus.Booked);
        emr.Asked.ShouldContain("GET Appointment/a3");
    }

    [Fact]
    public async Task Visits_are_read_by_their_ids_where_nothing_can_be_searched()
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1"));
        emr.Refusing = request => request.QueryString.HasValue ? Results.BadRequest() : null;
        await using var server = await Start(emr, new KeyValuePair<string, string?>("Feeds:1:Fhir:Poll:By", "Known"));
        await FhirVisits.Notify(server, emr.All("Appointment").Single().ToJsonString());
        await server.Until(db => Status(db, "a1"), status => status == EmrStatus.Booked);

        emr.Delete("Appointment/a1");

        await server.Until(db => Status(db, "a1"), status => status == EmrStatus.Deleted);
    }

    [Fact]
    public async Task A_server_that_counts_versions_and_gives_no_time_is_ordered_by_its_count()
    {
        await using var server = await Start(null);
        await FhirVisits.Notify(server, FhirVisits.Untimed("a1", 10, "booked"));
        await server.Until(db => Status(db, "a1"), status => status == EmrStatus.Booked);

        await FhirVisits.Notify(server, FhirVisits.Untimed("a1", 9, "cancelled"));

        var late = await server.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.Event == "Appointment/cancelled" && row.SettledAt != null), row => row is not null);
        late!.State.ShouldBe(InboxState.Stale);
        await FhirVisits.Notify(server, FhirVisits.Untimed("a1", 11, "cancelled"));
        await server.Until(db => Status(db, "a1"), status => status == EmrStatus.Cancelled);
    }

    private static Task<EmrStatus?> Status(IntegrationDb db, string id) =>
        db.Set<Appointment>().AsNoTracking().Where(visit => visit.ExternalId == id).Select(visit => (EmrStatus?)visit.SystemStatus).SingleOrDefaultAsync();

    private static async Task<FhirPoll> Poll(TestServer server, Func<FhirPoll, bool> satisfied) =>
        (await server.Until(db => db.Set<FhirPoll>().AsNoTracking().SingleOrDefaultAsync(poll => poll.Search == "Appointment"), poll => poll is not null && satisfied(poll)))!;

    private static Task<TestServer> Start(FhirStandIn? emr, params KeyValuePair<string, string?>[] settings) => StartOn(TestDatabase.Usual, emr, settings);

    private static Task<TestServer> StartOn(DatabaseProvider on, FhirStandIn? emr, params KeyValuePair<string, string?>[] settings) => FhirVisits.StartOn(
        on, emr?.Base, null, [new("Feeds:1:Fhir:PollEvery", emr is null ? null : "00:00:01"), new("Feeds:1:Fhir:Poll:Searches:0", "Appointment"), .. settings]);
}
