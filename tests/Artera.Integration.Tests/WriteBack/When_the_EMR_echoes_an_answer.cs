using System.Globalization;
using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Demo;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Outreach;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

/// <summary>Both directions over sockets: the EMR books over its feed, hears the answer, and tells it back as its own news.</summary>
public sealed class When_the_EMR_echoes_an_answer : IAsyncLifetime
{
    private static readonly LocalDateTime Now = new(2026, 10, 26, 10, 0);
    private readonly SimulatedMessages messages = new();
    private WriteBackStage stage = null!;
    private EmrSimulator feed = null!;
    private int sent;

    public async ValueTask InitializeAsync()
    {
        stage = await WriteBackStage.Open();
        await stage.Own("RFM-MAIN");
        feed = EmrSimulator.Start(stage.Server.MllpPort);
        stage.Emr.Taken = Echo;
    }

    public async ValueTask DisposeAsync()
    {
        await feed.DisposeAsync();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_keeps_what_the_EMR_said_of_the_visit()
    {
        var visit = await Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        await stage.Latest(visit, WriteBackState.Done);

        var heard = Encoding.UTF8.GetString(stage.Emr.Received[0].Raw);
        heard.ShouldContain("\rZVS|1|KEEP\r");
        heard.ShouldContain("|V1|");
        heard.ShouldContain("Confirmed");
        heard.ShouldContain("ARTERA|ARTERA|SIMEMR|RIVERSIDE");
    }

    [Fact]
    public async Task A_confirmation_is_taken_over_and_nothing_more_happens()
    {
        var visit = await Book();
        await stage.Answer(visit, PatientStatus.Confirmed);
        var appointment = await Until(visit, EmrStatus.Confirmed);

        appointment.PatientStatus.ShouldBe(PatientStatus.Confirmed);
        (await stage.All(visit)).ShouldHaveSingleItem().State.ShouldBe(WriteBackState.Done);
        stage.Emr.Received.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_cancellation_is_taken_over_and_nothing_more_happens()
    {
        var visit = await Book();
        await stage.Answer(visit, PatientStatus.Cancelled);
        var appointment = await Until(visit, EmrStatus.Cancelled);

        appointment.PatientStatus.ShouldBe(PatientStatus.Cancelled);
        (await stage.All(visit)).ShouldHaveSingleItem().State.ShouldBe(WriteBackState.Done);
        stage.Emr.Received.ShouldHaveSingleItem();
        (await Planned(visit)).ShouldBeEmpty();
    }

    private async Task<long> Book()
    {
        stage.Emr.Book["V1"] = new SimulatedVisit("V1", new SimulatedPatient("P7", "Ada", "Sample") { Cell = "2025550107" }, new(2026, 11, 3, 10, 0));
        await Say((visit, id) => [.. messages.Booked(visit, id, Now), .. "ZVS|1|KEEP\r"u8]);
        return (await stage.Server.Until(db => db.Set<Appointment>().AsNoTracking().SingleOrDefaultAsync(), row => row is not null))!.Id;
    }

    private Task Echo(ReceivedAnswer answer, SimulatedVisit? visit) => Say((known, id) => answer.Event == "SIU^S15"
        ? messages.Cancelled(known, id, Now.PlusMinutes(1))
        : messages.Modified(known, id, Now.PlusMinutes(1)));

    private async Task Say(Func<SimulatedVisit, string, byte[]> message)
    {
        var id = (++sent).ToString(CultureInfo.InvariantCulture);
        (await feed.Send(message(stage.Emr.Book["V1"], id))).Code.ShouldBe(AckCode.AA);
    }

    private Task<Appointment> Until(long visit, EmrStatus status) => stage.Server.Until(
        db => db.Set<Appointment>().AsNoTracking().SingleAsync(row => row.Id == visit), row => row.SystemStatus == status);

    private Task<List<PlannedMessage>> Planned(long visit) => stage.Server.Read(db => db.Set<PlannedMessage>().AsNoTracking()
        .Where(row => row.SubjectId == visit && row.State == PlanState.Planned).ToListAsync());
}
