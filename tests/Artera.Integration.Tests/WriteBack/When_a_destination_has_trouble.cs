using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_a_destination_has_trouble : IAsyncLifetime
{
    private WriteBackStage stage = null!;

    public async ValueTask InitializeAsync() => stage = await WriteBackStage.Open();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task An_EMR_that_was_down_hears_everything_once_it_is_up()
    {
        var port = await stage.EmrGoesDown();
        var visits = new[] { await stage.Book("V1"), await stage.Book("V2"), await stage.Book("V3") };
        foreach (var visit in visits)
            await stage.Answer(visit, PatientStatus.Confirmed);
        var down = await stage.Server.Until(db => db.Set<EmrDestination>().AsNoTracking().SingleOrDefaultAsync(), row => row?.DownSince is not null);
        (down!.Cause, down.Failures).ShouldBe(("ConnectionRefused", 1));

        stage.EmrComesUp(port);
        stage.Pass(Duration.FromMinutes(5));
        foreach (var visit in visits)
            (await stage.Comes(visit, WriteBackState.Done)).Attempts.ShouldBe(1);

        stage.Emr.Received.Select(heard => heard.AppointmentId).ShouldBe(["V1", "V2", "V3"]);
        stage.Emr.Connections.ShouldBe(1);
        var up = await stage.Server.Until(db => db.Set<EmrDestination>().AsNoTracking().SingleAsync(), row => row.Claim is null);
        (up.DownSince, up.Failures).ShouldBe((null, 0));
    }

    [Fact]
    public async Task An_answer_that_waits_holds_up_no_other_visit()
    {
        stage.Emr.Script(SimulatedAnswer.Error);
        var (first, second) = (await stage.Book("V1"), await stage.Book("V2"));
        await stage.Answer(first, PatientStatus.Confirmed);
        await stage.Latest(first, row => row.Cause is not null);
        await stage.Answer(second, PatientStatus.Confirmed);

        await stage.Latest(second, WriteBackState.Done);
        (await stage.Latest(first, _ => true)).State.ShouldBe(WriteBackState.Pending);
    }

    [Fact]
    public async Task An_answer_waits_for_an_earlier_one_of_its_visit_that_may_have_arrived()
    {
        stage.Emr.Script(SimulatedAnswer.Silence);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Latest(visit, row => row.Cause == "no-answer");
        await stage.Answer(visit, PatientStatus.Cancelled);
        stage.Pass(Duration.FromMinutes(1));
        await stage.Latest(visit, WriteBackState.Done);

        (await stage.All(visit)).Select(row => row.State).ShouldBe([WriteBackState.Done, WriteBackState.Done]);
        stage.Emr.Received.Select(heard => heard.Event).ShouldBe(["SIU^S14", "SIU^S14", "SIU^S15"]);
    }

    [Fact]
    public async Task An_answer_that_the_EMR_failed_on_gives_way_to_a_newer_one()
    {
        stage.Emr.Script(SimulatedAnswer.Error);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Latest(visit, row => row.Cause is not null);
        await stage.Answer(visit, PatientStatus.Cancelled);
        await stage.Latest(visit, WriteBackState.Done);

        (await stage.All(visit)).Select(row => row.State).ShouldBe([WriteBackState.Superseded, WriteBackState.Done]);
        stage.Emr.Received.Select(heard => heard.Event).ShouldBe(["SIU^S14", "SIU^S15"]);
    }

    [Fact]
    public async Task A_server_that_stops_still_takes_the_acknowledgement_of_what_it_has_sent()
    {
        stage.Emr.Lateness = TimeSpan.FromMilliseconds(150);
        stage.Emr.Script(SimulatedAnswer.Late);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Latest(visit, row => row.MayHaveArrived);
        await stage.Server.Stop();

        (await stage.Latest(visit, _ => true)).State.ShouldBe(WriteBackState.Done);
        (await stage.Server.Read(db => db.Set<EmrDestination>().SingleAsync())).Claim.ShouldBeNull();
    }

    [Fact]
    public async Task After_a_crash_between_sending_and_settling_the_same_is_sent_again()
    {
        var visit = await stage.Book();
        await stage.Server.Read(db => Crash(db, visit));
        var crashed = await stage.Latest(visit, row => row.MayHaveArrived);
        stage.Emr.Received.ShouldBeEmpty();

        stage.Pass(Duration.FromMinutes(10));
        var row = await stage.Latest(visit, WriteBackState.Done);
        row.ControlId.ShouldBe(crashed.ControlId);
        row.Attempts.ShouldBe(2);
        stage.Emr.Received.ShouldHaveSingleItem().Raw.ShouldBe(crashed.Sent);
    }

    /// <summary>Another node takes the destination, keeps the answer as it will be sent, and dies.</summary>
    private async Task<bool> Crash(IntegrationDb db, long visit)
    {
        var claim = Guid.NewGuid();
        var destination = await stage.Server.Until(rows => rows.Set<EmrDestination>().SingleOrDefaultAsync(), row => row is not null);
        db.Attach(destination!);
        destination!.Claim = claim;
        destination.ClaimedUntil = stage.Clock.Now() + Duration.FromMinutes(2);
        await db.SaveChangesAsync();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var turn = await stage.Server.Send(new TakeNextWriteBack(destination.Id, claim));
        return turn.Send is not null;
    }
}
