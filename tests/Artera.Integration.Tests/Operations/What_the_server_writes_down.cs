using Artera.Integration.Appointments;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Artera.Integration.Tests.Operations;

public sealed class What_the_server_writes_down
{
    private const string Cell = "+12025550173";

    private static readonly string[] Secrets =
    [
        "Quillfeather", "Zebulonia", "MRN777001", "2025550173", "202) 555-0173", "quill@example.org",
        "19610407", "1961-04-07", "Apr 7, 1961", "hippopotamus", "Follow-up visit",
    ];

    private readonly LogLines logs = new();

    [Fact]
    public async Task Names_nobody_on_a_whole_journey()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 10, 26, 15, 0, 0, TimeSpan.Zero));
        await using var server = await TestServer.Start(
            clock,
            services => services.AddSingleton<ILogEventSink>(logs),
            new("Logs:Level", "Debug"), new("Logs:Format", "None"), new("Feeds:0:SendingFacilities:0", "NORTH"));
        await SetUp(server);
        await using var emr = await MllpPeer.Connect(server.MllpPort);

        Samples.Code(await emr.Ask(Visit("C1", "BOOKED"))).ShouldBe("AA");
        Samples.Code(await emr.Ask(Visit("C2", "NO-SUCH-STATUS"))).ShouldBe("AA");
        Samples.Code(await emr.Ask(Visit("C3", "BOOKED").Replace("|NORTH|", "|SOUTH|", StringComparison.Ordinal))).ShouldBe("AR");
        await emr.Ask("PID|1||MRN777001||Quillfeather^Zebulonia||19610407");
        var text = await server.Until(db => db.Set<SandboxText>().FirstOrDefaultAsync(), found => found is not null);
        await server.Send(new AnswerAsPatient(Cell, text!.LineNumber, "Can my hippopotamus come along?"));
        clock.Advance(TimeSpan.FromDays(5));
        await server.Until(db => db.Set<OpenQuestion>().CountAsync(), asked => asked > 0);
        await server.Send(new AnswerAsPatient(Cell, text.LineNumber, "Yes"));
        await server.Until(db => db.Set<Appointment>().SingleAsync(), visit => visit.PatientStatus == PatientStatus.Confirmed);
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.State == InboxState.Held), held => held > 0);
        await Ask(server, "api/v1/patients?externalId=MRN777001", "api/v1/channels", "api/v1/channels/1/messages", "api/v1/nothing", "api/v1/patients?after=Quillfeather", "");
        await Break(server, emr, text.LineNumber);
        await server.Stop();

        logs.All.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal));
        foreach (var secret in Secrets)
            logs.All.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    private static Task SetUp(TestServer server) => server.Read(async db =>
    {
        using var file = new StreamReader(typeof(Server).Assembly.GetManifestResourceStream("demo-enterprise.yaml")!);
        await SetUpEnterprise.Run(db, EnterpriseFile.Read(file, "demo-enterprise.yaml"), CancellationToken.None);
        return true;
    });

    private static string Visit(string controlId, string status) =>
        $"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|202610261100{controlId[1..]}0||SIU^S12^SIU_S12|{controlId}|P|2.5.1\r"
        + $"SCH||V1||||||FOLLOWUP^Follow-up visit|30|min|^^^20261102100000||||||||||||||{status}\r"
        + "PID|1||MRN777001^^^RIV^MR||Quillfeather^Zebulonia||19610407|F|||||(202) 555-0173^PRS^CP^quill@example.org^1^202^5550173\r"
        + "RGS|1\rAIL|1||RFM-MAIN^Main\rAIP|1||P100^Adams^Test\r";

    private static async Task Ask(TestServer server, params string[] paths)
    {
        using var client = new HttpClient { BaseAddress = server.Http };
        foreach (var path in paths)
            (await client.GetAsync(new Uri(path, UriKind.Relative))).Dispose();
    }

    /// <summary>Trouble is where values slip out: the tables that everybody writes to are gone.</summary>
    private static async Task Break(TestServer server, MllpPeer emr, string line)
    {
        await server.Read(db => db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF; DROP TABLE ChannelLine; DROP TABLE PatientIdentifier; DROP TABLE AuditEntry;"));
        await emr.Ask(Visit("C4", "BOOKED"));
        await server.Send(new AnswerAsPatient(Cell, line, "hippopotamus"));
        await Ask(server, "api/v1/patients", "api/v1/channels/1/messages");
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.State == InboxState.Failed), failed => failed > 0);
    }
}
