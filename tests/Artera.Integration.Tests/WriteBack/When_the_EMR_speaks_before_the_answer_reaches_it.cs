using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public abstract class When_the_EMR_speaks_before_the_answer_reaches_it(DatabaseProvider on) : IAsyncLifetime
{
    public sealed class On_SQLite() : When_the_EMR_speaks_before_the_answer_reaches_it(DatabaseProvider.Sqlite);

    public sealed class On_PostgreSQL() : When_the_EMR_speaks_before_the_answer_reaches_it(DatabaseProvider.PostgreSql);

    private WriteBackStage stage = null!;
    private int port;
    private long visit;

    public async ValueTask InitializeAsync()
    {
        stage = await WriteBackStage.OpenOn(on);
        visit = await stage.Book();
        port = await stage.EmrGoesDown();
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_confirmation_of_a_visit_that_moved_goes_to_a_person()
    {
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Say("V1", AppointmentChange.Reschedule, new() { Id = "V1", Start = new VisitStart(WriteBackStage.Start + Duration.FromDays(1)) });

        (await stage.Comes(visit, WriteBackState.Parked)).Cause.ShouldBe(Causes.Moved);
        await NothingIsHeard();
    }

    [Fact]
    public async Task A_confirmation_of_a_visit_at_another_place_goes_to_a_person()
    {
        await stage.Answer(visit, PatientStatus.Confirmed);
        stage.Pass(Duration.FromMinutes(1));
        await stage.Say("V1", AppointmentChange.Update, new() { Id = "V1", Location = new Coded("OTHER") });

        (await stage.Comes(visit, WriteBackState.Parked)).Cause.ShouldBe(Causes.Moved);
    }

    [Fact]
    public async Task A_confirmation_of_a_cancelled_visit_goes_to_a_person()
    {
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Say("V1", AppointmentChange.Cancel);

        (await stage.Comes(visit, WriteBackState.Parked)).Cause.ShouldBe(Causes.Cancelled);
        await NothingIsHeard();
    }

    [Fact]
    public async Task A_cancellation_of_a_visit_that_the_EMR_cancelled_is_done()
    {
        await stage.Answer(visit, PatientStatus.Cancelled);
        await stage.Say("V1", AppointmentChange.Cancel);

        (await stage.Comes(visit, WriteBackState.Done)).Cause.ShouldBe(Causes.AlreadyCancelled);
        await NothingIsHeard();
    }

    [Fact]
    public async Task A_wish_for_another_time_is_met_by_a_move()
    {
        await stage.Answer(visit, PatientStatus.RescheduleRequested);
        await stage.Say("V1", AppointmentChange.Reschedule, new() { Id = "V1", Start = new VisitStart(WriteBackStage.Start + Duration.FromDays(1)) });

        (await stage.Comes(visit, WriteBackState.Superseded)).Cause.ShouldBe(Causes.Moved);
    }

    [Fact]
    public async Task Of_two_answers_that_have_not_left_only_the_last_is_heard()
    {
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Answer(visit, PatientStatus.Cancelled);
        stage.EmrComesUp(port);
        stage.Pass(Duration.FromMinutes(5));
        await stage.Comes(visit, WriteBackState.Done);

        (await stage.All(visit)).Select(row => (row.Status, row.State)).ShouldBe(
            [(PatientStatus.Confirmed, WriteBackState.Superseded), (PatientStatus.Cancelled, WriteBackState.Done)]);
        stage.Emr.Received.ShouldHaveSingleItem().Event.ShouldBe("SIU^S15");
    }

    [Fact]
    public async Task An_answer_to_a_visit_long_past_goes_to_a_person()
    {
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Latest(visit, row => row.Cause == "ConnectionRefused");
        stage.EmrComesUp(port);
        stage.Pass(Duration.FromDays(10));

        (await stage.Comes(visit, WriteBackState.Parked)).Cause.ShouldBe(Causes.Past);
        stage.Emr.Received.ShouldBeEmpty();
    }

    private async Task NothingIsHeard()
    {
        stage.EmrComesUp(port);
        stage.Pass(Duration.FromMinutes(5));
        var marker = await stage.Book("V2");
        await stage.Answer(marker, PatientStatus.Confirmed);
        await stage.Comes(marker, WriteBackState.Done);
        stage.Emr.Received.ShouldHaveSingleItem().AppointmentId.ShouldBe("V2");
    }
}
