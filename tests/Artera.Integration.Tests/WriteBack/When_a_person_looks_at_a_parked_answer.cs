using Artera.Integration.Appointments;
using Artera.Integration.Demo;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_a_person_looks_at_a_parked_answer : IAsyncLifetime
{
    private WriteBackStage stage = null!;
    private long visit;
    private PendingWriteBack parked = null!;

    public async ValueTask InitializeAsync()
    {
        stage = await WriteBackStage.Open();
        stage.Emr.Script(SimulatedAnswer.Reject);
        visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Cancelled);
        parked = await stage.Latest(visit, WriteBackState.Parked);
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task It_can_be_sent_again_and_is_then_another_message()
    {
        stage.Pass(Duration.FromMinutes(1));
        (await stage.Server.Send(new RetryWriteBack(parked.Id, "ana"))).ShouldBeTrue();
        var done = await stage.Latest(visit, WriteBackState.Done);

        done.ControlId.ShouldNotBe(parked.ControlId);
        stage.Emr.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_can_be_dropped()
    {
        (await stage.Server.Send(new DropWriteBack(parked.Id, "ana"))).ShouldBeTrue();

        (await stage.Latest(visit, WriteBackState.Dropped)).By.ShouldBe("ana");
        (await stage.Server.Send(new DropWriteBack(parked.Id, "ana"))).ShouldBeFalse();
    }

    [Fact]
    public async Task It_settles_itself_when_it_is_entered_in_the_EMR_by_hand()
    {
        await stage.Say("V1", AppointmentChange.Cancel);

        (await stage.Latest(visit, WriteBackState.Done)).Cause.ShouldBe(Causes.AlreadyCancelled);
        (await stage.Server.Send(new RetryWriteBack(parked.Id, "ana"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_newer_answer_takes_its_place()
    {
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Latest(visit, WriteBackState.Done);

        (await stage.All(visit)).Select(row => row.State).ShouldBe([WriteBackState.Superseded, WriteBackState.Done]);
    }

    [Fact]
    public async Task It_is_counted()
    {
        var queue = (await stage.Server.Read(db => db.WriteBackQueuesNow(TestContext.Current.CancellationToken))).ShouldHaveSingleItem();

        (queue.Feed, queue.Pending, queue.Parked, queue.DownSince).ShouldBe(("main", 0, 1, null));
    }

    [Fact]
    public async Task One_that_is_on_its_way_is_not_sent_twice()
    {
        await stage.Server.Send(new RetryWriteBack(parked.Id, "ana"));
        await stage.Latest(visit, WriteBackState.Done);

        (await stage.Server.Send(new RetryWriteBack(parked.Id, "ana"))).ShouldBeFalse();
    }
}
