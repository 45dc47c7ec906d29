using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Artera.Integration.Appointments;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_an_answer_goes_back_over_FHIR : IAsyncLifetime
{
    private const string Visit = "Appointment/V1";

    private FhirStandIn emr = null!;
    private WriteBackStage stage = null!;

    public async ValueTask InitializeAsync()
    {
        emr = await FhirStandIn.Start();
        stage = await WriteBackStage.OpenOver(emr.Base);
        emr.Put(Visit, """
            {"resourceType":"Appointment","id":"V1","meta":{"versionId":"7","lastUpdated":"2026-10-01T00:00:00Z"},"extension":[{"url":"https://example.org/odd","valueDecimal":1.50}],
             "status":"booked","start":"2026-11-03T10:00:00-05:00","end":"2026-11-03T10:30:00-05:00","oddElement":{"b":2,"a":1.0},
             "participant":[{"actor":{"reference":"Practitioner/9"},"status":"accepted"},{"actor":{"reference":"Patient/P1"},"required":"required","status":"needs-action"}]}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await stage.DisposeAsync();
        await emr.DisposeAsync();
    }

    [Fact]
    public async Task A_confirmation_is_a_patch_of_the_version_that_was_read()
    {
        var row = await Answered(PatientStatus.Confirmed, WriteBackState.Done);

        var write = emr.Writes.ShouldHaveSingleItem();
        (write.Method, write.IfMatch, write.ContentType).ShouldBe(("PATCH", "W/\"7\"", "application/json-patch+json"));
        write.Body.ShouldBe("""[{"op":"replace","path":"/participant/1/status","value":"accepted"}]""");
        emr.Now(Visit)["participant"]![1]!["status"]!.GetValue<string>().ShouldBe("accepted");
        Encoding.UTF8.GetString(row.Sent!).ShouldStartWith("PATCH Appointment/V1\nIf-Match: W/\"7\"\n");
        Encoding.UTF8.GetString(row.Acknowledgement!).ShouldStartWith("HTTP 200\n");
    }

    [Fact]
    public async Task A_cancellation_says_by_whom_and_how()
    {
        await Answered(PatientStatus.Cancelled, WriteBackState.Done);

        var now = emr.Now(Visit);
        now["status"]!.GetValue<string>().ShouldBe("cancelled");
        now["cancelationReason"]!["coding"]![0]!["code"]!.GetValue<string>().ShouldBe("pat-crs");
    }

    [Fact]
    public async Task A_wish_for_another_time_is_a_comment_beside_what_stands_there()
    {
        emr.Edit(Visit, visit => visit["comment"] = "Bring the file");
        await Answered(PatientStatus.RescheduleRequested, WriteBackState.Done);

        emr.Now(Visit)["comment"]!.GetValue<string>().ShouldBe("Bring the file\nThe patient asks for another time");
        emr.Now(Visit)["status"]!.GetValue<string>().ShouldBe("booked");
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_stale_version_is_read_again_and_what_others_changed_stays(HttpStatusCode stale)
    {
        emr.Stale = stale;
        emr.BeforeNextWrite = () => emr.Edit(Visit, visit => visit["comment"] = "Room 4");
        var id = await Answer(PatientStatus.Confirmed);
        await Settles(id, row => row.State == WriteBackState.Done);

        emr.Now(Visit)["comment"]!.GetValue<string>().ShouldBe("Room 4");
        emr.Writes.Select(write => write.Status).ShouldBe([(int)stale, 200]);
        emr.Writes.Last().IfMatch.ShouldBe("W/\"8\"");
    }

    [Fact]
    public async Task A_visit_that_moved_under_our_hands_is_for_a_person()
    {
        emr.BeforeNextWrite = () => emr.Edit(Visit, visit => visit["start"] = "2026-11-04T10:00:00-05:00");
        var row = await Answered(PatientStatus.Confirmed, WriteBackState.Parked);

        row.Cause.ShouldBe(Causes.Moved);
        emr.Now(Visit)["participant"]![1]!["status"]!.GetValue<string>().ShouldBe("needs-action");
    }

    [Theory]
    [InlineData("cancelled", PatientStatus.Confirmed, WriteBackState.Parked, Causes.Cancelled)]
    [InlineData("cancelled", PatientStatus.Cancelled, WriteBackState.Done, Causes.AlreadyCancelled)]
    [InlineData("noshow", PatientStatus.Confirmed, WriteBackState.Parked, Causes.NoShow)]
    [InlineData("arrived", PatientStatus.Cancelled, WriteBackState.Superseded, Causes.VisitBegan)]
    public async Task What_the_EMR_says_by_then_decides(string status, PatientStatus answer, WriteBackState state, string cause)
    {
        emr.Edit(Visit, visit => visit["status"] = status);
        var row = await Answered(answer, state);

        row.Cause.ShouldBe(cause);
        emr.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visit_that_is_gone_is_for_a_person()
    {
        emr.Delete(Visit);
        (await Answered(PatientStatus.Confirmed, WriteBackState.Parked)).Cause.ShouldBe(Causes.Gone);
    }

    [Theory]
    [InlineData((int)WriteFault.DropsAfter)]
    [InlineData((int)WriteFault.FailsAfter)]
    public async Task What_was_done_and_not_answered_is_found_done_and_not_sent_again(int fault)
    {
        emr.Script((WriteFault)fault);
        var id = await Answer(PatientStatus.Cancelled);
        var row = await Settles(id, answer => answer.State == WriteBackState.Done);

        row.Cause.ShouldBe(Causes.AlreadyCancelled);
        emr.Writes.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData((int)WriteFault.ComeLater)]
    [InlineData((int)WriteFault.TooMany)]
    public async Task A_server_that_names_a_pause_is_left_alone_until_then(int fault)
    {
        emr.Script((WriteFault)fault);
        var id = await Answer(PatientStatus.Confirmed);
        await stage.Server.Until(db => Task.FromResult(emr.Writes.Count()), writes => writes == 1);
        var row = await Settles(id, answer => answer.State == WriteBackState.Done);

        row.Attempts.ShouldBe(1, "being turned away is no attempt");
        emr.Writes.Count().ShouldBe(2);
    }

    private async Task<long> Answer(PatientStatus status)
    {
        var id = await stage.Book();
        await stage.Answer(id, status);
        return id;
    }

    private async Task<PendingWriteBack> Answered(PatientStatus status, WriteBackState state) => await stage.Latest(await Answer(status), state);

    /// <summary>The clock goes on until it is settled.</summary>
    private Task<PendingWriteBack> Settles(long appointment, Func<PendingWriteBack, bool> satisfied) => stage.Latest(appointment, row =>
    {
        if (!satisfied(row))
            stage.Pass(Duration.FromMilliseconds(500));
        return satisfied(row);
    });
}
