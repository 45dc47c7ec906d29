using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Artera.Integration.Appointments;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

/// <summary>Oracle Health changes an appointment by PATCH of a named version only; athenahealth cancels by a call of its own.</summary>
public sealed class When_a_FHIR_server_takes_less : IAsyncLifetime
{
    private FhirStandIn emr = null!;

    public async ValueTask InitializeAsync() => emr = await FhirStandIn.Start();

    public ValueTask DisposeAsync() => emr.DisposeAsync();

    [Fact]
    public async Task Oracle_Health_is_sent_a_patch_of_the_version_that_was_read()
    {
        await using var stage = await Oracle();
        var row = await Answered(stage, "4817517", PatientStatus.Cancelled);

        row.State.ShouldBe(WriteBackState.Done);
        var write = emr.Writes.ShouldHaveSingleItem();
        (write.Method, write.IfMatch, write.Status).ShouldBe(("PATCH", "W/\"1\"", 200));
        Status("Appointment/4817517").ShouldBe("cancelled");
    }

    [Fact]
    public async Task Oracle_Health_says_409_to_an_older_version_and_is_read_again()
    {
        await using var stage = await Oracle();
        emr.BeforeNextWrite = () => emr.Edit("Appointment/4817517", visit => visit["comment"] = "Room 4");

        (await Answered(stage, "4817517", PatientStatus.Cancelled)).State.ShouldBe(WriteBackState.Done);

        emr.Writes.Select(write => (write.IfMatch, write.Status)).ShouldBe([("W/\"1\"", 409), ("W/\"2\"", 200)]);
        emr.Now("Appointment/4817517")["comment"]!.GetValue<string>().ShouldBe("Room 4");
    }

    [Fact]
    public async Task Oracle_Health_says_412_where_no_version_is_named_and_a_person_is_told_in_the_end()
    {
        await using var stage = await Oracle(new KeyValuePair<string, string?>("WriteBack:Attempts", "2"));
        emr.Edit("Appointment/4817517", visit => visit.AsObject().Remove("meta"));

        var row = await Answered(stage, "4817517", PatientStatus.Cancelled);

        (row.State, row.Cause).ShouldBe((WriteBackState.Parked, "http-412"));
        Status("Appointment/4817517").ShouldBe("booked");
    }

    [Fact]
    public async Task Oracle_Health_takes_no_confirmation_and_staff_are_told()
    {
        await using var stage = await Oracle();

        (await Answered(stage, "4817517", PatientStatus.Confirmed)).State.ShouldBe(WriteBackState.NotSupported);

        emr.Writes.ShouldBeEmpty();
        var visit = (await stage.All((await stage.Server.Read(db => Task.FromResult(db.Set<Appointment>().Single().Id)))))[0].AppointmentId;
        (await stage.Server.Read(db => db.InTheEmr([visit], CancellationToken.None)))[visit].State.ShouldBe(InEmr.ByHand);
    }

    [Fact]
    public async Task A_participant_that_cannot_be_changed_is_refused_and_for_a_person()
    {
        emr.PatchesOnly = true;
        await using var stage = await WriteBackStage.OpenOver(emr.Base);
        Book("4817517", "P1");

        var row = await Answered(stage, "4817517", PatientStatus.Confirmed);

        (row.State, row.Cause).ShouldBe((WriteBackState.Parked, "http-422"));
    }

    [Theory]
    [InlineData((int)WriteFault.None)]
    [InlineData((int)WriteFault.DropsAfter)]
    [InlineData((int)WriteFault.AnswersLate)]
    [InlineData((int)WriteFault.FailsAfter)]
    public async Task Athenahealth_cancels_by_its_own_call_which_is_read_back_before_it_is_made_again(int fault)
    {
        emr.ReadsOnly = true;
        emr.Script((WriteFault)fault);
        await using var stage = await WriteBackStage.OpenOver(
            emr.Base, new("Feeds:0:Mapping", "mappings/athena"), new("Feeds:0:WriteBack:Fhir:Timeout", "00:00:01"));
        Book("a-195900.Appointment-4711", "a-195900.E-12");

        (await Answered(stage, "a-195900.Appointment-4711", PatientStatus.Cancelled)).State.ShouldBe(WriteBackState.Done);

        var call = emr.Writes.ShouldHaveSingleItem();
        (call.Method, call.Path).ShouldBe(("PUT", "/v1/195900/appointments/4711/cancel"));
        call.Body.ShouldBe("patientid=12&cancellationreason=Cancelled%20by%20the%20patient");
        Status("Appointment/a-195900.Appointment-4711").ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_server_without_patches_is_sent_the_whole_of_the_version_that_was_read()
    {
        using var folder = Speaking("{ send: put, confirm: { \"%participant.status\": accepted }, cancel: { status: cancelled } }");
        emr.NeedsIfMatch = true;
        await using var stage = await WriteBackStage.OpenOver(emr.Base, new KeyValuePair<string, string?>("Feeds:0:Mapping", folder.Path));
        Book("4817517", "P1");
        emr.BeforeNextWrite = () => emr.Edit("Appointment/4817517", visit => visit["comment"] = "Room 4");

        (await Answered(stage, "4817517", PatientStatus.Confirmed)).State.ShouldBe(WriteBackState.Done);

        emr.Writes.Select(write => (write.Method, write.IfMatch, write.Status)).ShouldBe([("PUT", "W/\"1\"", 412), ("PUT", "W/\"2\"", 200)]);
        var now = emr.Now("Appointment/4817517");
        (now["comment"]!.GetValue<string>(), now["participant"]![0]!["status"]!.GetValue<string>(), now["status"]!.GetValue<string>()).ShouldBe(("Room 4", "accepted", "booked"));
    }

    [Theory]
    [InlineData(PatientStatus.Confirmed, "accepted")]
    [InlineData(PatientStatus.Cancelled, "declined")]
    public async Task An_AppointmentResponse_says_whose_answer_it_is_to_what(PatientStatus status, string said)
    {
        using var folder = Responding();
        await using var stage = await WriteBackStage.OpenOver(emr.Base, new KeyValuePair<string, string?>("Feeds:0:Mapping", folder.Path));
        Book("4817517", "P1");

        (await Answered(stage, "4817517", status)).State.ShouldBe(WriteBackState.Done);

        var response = JsonNode.Parse(emr.Writes.ShouldHaveSingleItem().Body)!;
        (response["appointment"]!["reference"]!.GetValue<string>(), response["actor"]!["reference"]!.GetValue<string>(), response["participantStatus"]!.GetValue<string>())
            .ShouldBe(("Appointment/4817517", "Patient/P1", said));
        Status("Appointment/4817517").ShouldBe("booked");
    }

    [Theory]
    [InlineData((int)WriteFault.DropsAfter)]
    [InlineData((int)WriteFault.AnswersLate)]
    public async Task An_AppointmentResponse_is_looked_for_before_it_is_made_again(int fault)
    {
        using var folder = Responding();
        emr.Script((WriteFault)fault);
        await using var stage = await WriteBackStage.OpenOver(
            emr.Base, new("Feeds:0:Mapping", folder.Path), new("Feeds:0:WriteBack:Fhir:Timeout", "00:00:01"));
        Book("4817517", "P1");

        var row = await Answered(stage, "4817517", PatientStatus.Confirmed);

        (row.State, row.Cause).ShouldBe((WriteBackState.Done, Causes.AlreadySaid));
        emr.Writes.ShouldHaveSingleItem().Path.ShouldBe("/r4/AppointmentResponse");
        emr.Asked.ShouldContain(asked => asked.StartsWith("GET AppointmentResponse?identifier=", StringComparison.Ordinal));
    }

    private async Task<WriteBackStage> Oracle(params KeyValuePair<string, string?>[] settings)
    {
        (emr.NeedsIfMatch, emr.PatchesOnly, emr.Stale) = (true, true, HttpStatusCode.Conflict);
        Book("4817517", "P1");
        return await WriteBackStage.OpenOver(emr.Base, [new("Feeds:0:Mapping", "mappings/cerner"), .. settings]);
    }

    private void Book(string id, string patient) => emr.Put($"Appointment/{id}", """
        {"resourceType":"Appointment","id":"ID","meta":{"versionId":"1","lastUpdated":"2026-10-01T00:00:00Z"},"status":"booked",
         "start":"2026-11-03T10:00:00-05:00","end":"2026-11-03T10:30:00-05:00",
         "participant":[{"actor":{"reference":"Patient/WHO"},"status":"needs-action"},{"actor":{"reference":"Practitioner/9"},"status":"accepted"}]}
        """.Replace("ID", id, StringComparison.Ordinal).Replace("WHO", patient, StringComparison.Ordinal));

    private string Status(string reference) => emr.Now(reference)["status"]!.GetValue<string>();

    /// <summary>The generic mapping, with other answers.</summary>
    private static TempFolder Responding() => Speaking("{ send: response, confirm: {}, cancel: {}, reschedule: not-supported }");

    private static TempFolder Speaking(string answers)
    {
        var (folder, generic) = (new TempFolder(), Path.Combine(AppContext.BaseDirectory, "mappings", "generic"));
        File.Copy(Path.Combine(generic, "hl7.yaml"), folder.File("hl7.yaml"));
        var fhir = File.ReadAllText(Path.Combine(generic, "fhir.yaml"), Encoding.UTF8);
        folder.Write("fhir.yaml", fhir[..fhir.IndexOf("writeback:", StringComparison.Ordinal)] + $"writeback: {answers}\n");
        return folder;
    }

    /// <summary>The clock goes on until the answer is settled.</summary>
    private static async Task<PendingWriteBack> Answered(WriteBackStage stage, string id, PatientStatus status)
    {
        var visit = await stage.Book(id);
        await stage.Answer(visit, status);
        return await stage.Latest(visit, row =>
        {
            if (row.State == WriteBackState.Pending)
                stage.Pass(Duration.FromMilliseconds(500));
            return row.State != WriteBackState.Pending;
        });
    }
}
