using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_an_answer_is_written_back : IAsyncLifetime
{
    private WriteBackStage stage = null!;

    public async ValueTask InitializeAsync() => stage = await WriteBackStage.Open();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task The_EMR_takes_it_and_staff_see_that_it_did()
    {
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var row = await stage.Latest(visit, WriteBackState.Done);

        var heard = stage.Emr.Received.ShouldHaveSingleItem();
        heard.Problem.ShouldBeNull();
        (heard.Event, heard.AppointmentId, heard.Status).ShouldBe(("SIU^S14", "V1", "Confirmed"));
        heard.ControlId.ShouldBe(row.ControlId);
        heard.Raw.ShouldBe(row.Sent);
        row.Acknowledgement.ShouldNotBeNull();
        (await Standing(visit)).State.ShouldBe(InEmr.Yes);
    }

    [Fact]
    public async Task A_cancellation_goes_as_one_and_the_visit_stays_booked_until_the_EMR_says_otherwise()
    {
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Cancelled);
        await stage.Latest(visit, WriteBackState.Done);

        (stage.Emr.Received[0].Event, stage.Emr.Received[0].Status).ShouldBe(("SIU^S15", "Cancelled"));
        var appointment = await stage.Server.Read(async db => await db.FindAsync<Appointment>(visit));
        appointment!.SystemStatus.ShouldBe(EmrStatus.Booked);
    }

    [Fact]
    public async Task An_error_is_tried_again_after_a_pause()
    {
        stage.Emr.Script(SimulatedAnswer.Error);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var waiting = await stage.Latest(visit, row => row.Cause is not null);
        (waiting.State, waiting.Cause, waiting.MayHaveArrived).ShouldBe((WriteBackState.Pending, "AE 207", false));
        (await Standing(visit)).State.ShouldBe(InEmr.Pending);

        stage.Pass(Duration.FromMinutes(1));
        await stage.Latest(visit, WriteBackState.Done);
        stage.Emr.Received.Select(heard => heard.ControlId).Distinct().ShouldHaveSingleItem();
        stage.Emr.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_parked_for_a_person()
    {
        stage.Emr.Script(SimulatedAnswer.Reject);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var row = await stage.Latest(visit, WriteBackState.Parked);

        row.Cause.ShouldBe("AR 204");
        stage.Pass(Duration.FromHours(1));
        (await Standing(visit)).ShouldSatisfyAllConditions(
            standing => standing.State.ShouldBe(InEmr.Refused),
            standing => standing.Cause.ShouldBe("AR 204"));
        stage.Emr.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_is_answered_by_the_same_bytes_under_the_same_control_id()
    {
        stage.Emr.Script(SimulatedAnswer.Silence);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var waiting = await stage.Latest(visit, row => row.Cause is not null);
        (waiting.State, waiting.Cause, waiting.MayHaveArrived).ShouldBe((WriteBackState.Pending, "no-answer", true));

        stage.Pass(Duration.FromMinutes(1));
        await stage.Latest(visit, WriteBackState.Done);
        stage.Emr.Received.Count.ShouldBe(2);
        stage.Emr.Received[1].Raw.ShouldBe(stage.Emr.Received[0].Raw);
        stage.Emr.Received[1].IsResend.ShouldBeTrue();
    }

    [Fact]
    public async Task While_nobody_answers_the_pauses_grow()
    {
        stage.Emr.Script([.. Enumerable.Repeat(SimulatedAnswer.Silence, 10)]);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var pauses = new List<Duration>();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            var waiting = await stage.Latest(visit, row => row.Attempts == attempt && row.DueAt > stage.Clock.Now());
            pauses.Add(waiting.DueAt - stage.Clock.Now());
            (await Standing(visit)).State.ShouldBe(InEmr.Pending);
            stage.Pass(pauses[^1]);
        }

        pauses.ShouldBe([.. new[] { 2, 10, 30, 120, 300, 900, 1800, 3600, 3600, 3600 }.Select(seconds => Duration.FromSeconds(seconds))]);
        await stage.Latest(visit, WriteBackState.Done);
        stage.Emr.Received.Select(heard => heard.ControlId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_late_acknowledgement_settles_no_other_answer()
    {
        stage.Emr.Lateness = TimeSpan.FromMilliseconds(700);
        stage.Emr.Script(SimulatedAnswer.Late, SimulatedAnswer.Silence);
        var (first, second) = (await stage.Book("V1"), await stage.Book("V2"));
        await stage.Answer(first, PatientStatus.Confirmed);
        await stage.Answer(second, PatientStatus.Confirmed);

        (await stage.Latest(first, row => row.Cause is not null)).Cause.ShouldBe("no-answer");
        (await stage.Latest(second, row => row.Cause is not null)).Cause.ShouldBe("no-answer");
    }

    [Fact]
    public async Task An_acknowledgement_of_something_else_does_not_settle_it()
    {
        stage.Emr.Script(SimulatedAnswer.WrongId);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);

        var waiting = await stage.Latest(visit, row => row.Cause is not null);
        (waiting.State, waiting.Cause).ShouldBe((WriteBackState.Pending, "answer-for-another"));
    }

    [Fact]
    public async Task After_enough_errors_a_person_is_asked()
    {
        await stage.DisposeAsync();
        stage = await WriteBackStage.Open(new KeyValuePair<string, string?>("WriteBack:Attempts", "3"));
        stage.Emr.Script(SimulatedAnswer.Error, SimulatedAnswer.Error, SimulatedAnswer.Error);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        for (var attempt = 1; attempt < 3; attempt++)
        {
            await stage.Latest(visit, row => row.Attempts == attempt && row.DueAt > stage.Clock.Now());
            stage.Pass(Duration.FromHours(1));
        }

        (await stage.Latest(visit, WriteBackState.Parked)).Attempts.ShouldBe(3);
    }

    private async Task<EmrStanding> Standing(long visit) =>
        (await stage.Server.Read(db => db.InTheEmr([visit], TestContext.Current.CancellationToken)))[visit];
}
