using System.Text;
using Artera.Integration.Appointments;
using Artera.Integration.Demo;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

/// <summary>Some EMRs take no notifications from outside (SIU) but requests (SRM), and say in SRR what came of them.</summary>
public sealed class When_the_EMR_is_asked_by_request : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private WriteBackStage stage = null!;

    public async ValueTask InitializeAsync() => stage = await WriteBackStage.Open(new KeyValuePair<string, string?>("Feeds:0:Mapping", folder.Write("hl7.yaml", """
        emr: Takes requests
        events: { SIU^S12: book }
        patient: { id: PID-3.1 }
        appointment: { id: SCH-2.1, start: SCH-11.4, status: SCH-25.1 via statuses }
        tables: { statuses: { Booked: booked } }
        writeback: { send: SRM^S03, confirm: { ARQ-6.1: CONFIRMED }, cancel: { send: SRM^S04, ARQ-6.1: PATIENT } }
        """)));

    public async ValueTask DisposeAsync()
    {
        await stage.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(PatientStatus.Confirmed, "SRM^S03^SRM_S01", "CONFIRMED")]
    [InlineData(PatientStatus.Cancelled, "SRM^S04^SRM_S01", "PATIENT")]
    public async Task An_answer_is_a_schedule_request_about_the_visit(PatientStatus answer, string type, string reason)
    {
        var visit = await stage.Book();
        await stage.Answer(visit, answer);
        await stage.Latest(visit, WriteBackState.Done);

        var said = Encoding.UTF8.GetString(stage.Emr.Received.ShouldHaveSingleItem().Raw).Split('\r');
        said[0].ShouldContain($"|{type}|");
        said[1].ShouldBe($"ARQ||V1||||{reason}|||||20261103100000");
        said.ShouldNotContain(line => line.StartsWith("SCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_EMR_refuses_is_parked()
    {
        stage.Emr.Script(SimulatedAnswer.Reject);
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Cancelled);
        await stage.Latest(visit, WriteBackState.Parked);
    }
}
