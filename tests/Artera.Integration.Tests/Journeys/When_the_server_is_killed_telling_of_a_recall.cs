using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Chaos;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Orders;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Journeys;

/// <summary>
/// The server process is killed (SIGKILL) between the commit of what became of a recall, its file, and the settling of its row:
/// the file is there once, whole and with the same key, and what happens later is told after it.
/// </summary>
public sealed class When_the_server_is_killed_telling_of_a_recall : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private TestDatabase database = null!;
    private ServerProcess process = null!;
    private HoldUp hold = null!;
    private string Drop => folder.File("status");

    public async ValueTask DisposeAsync()
    {
        process?.Dispose();
        if (database is not null)
            await database.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Committed_and_before_the_file(DatabaseProvider on)
    {
        await Start(on);
        await hold.Begin("UPDATE", "OLD.\"Claim\" IS NULL AND NEW.\"Claim\" IS NOT NULL");
        await Book();
        await IsHeldUp(rows => rows is [{ Claim: null, State: WriteBackState.Pending }]);

        await process.Kill();
        await hold.End();

        var key = (await Rows()).Single().Key;
        Directory.Exists(Drop).ShouldBeFalse();
        // As if it had been killed in the middle of the file.
        Directory.CreateDirectory(Drop);
        await File.WriteAllTextAsync(Path.Combine(Drop, $".{key}.tmp"), new string('x', 500));
        await GoesOn(key);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_file_is_there_and_the_row_not_settled(DatabaseProvider on)
    {
        await Start(on);
        await hold.Begin("UPDATE", "NEW.\"State\" = 'Done'");
        await Book();
        await IsHeldUp(rows => rows is [{ Claim: not null, State: WriteBackState.Pending }] && Files().Length == 1);

        await process.Kill();
        await hold.End();

        var row = (await Rows()).Single();
        row.State.ShouldBe(WriteBackState.Pending);
        var said = await File.ReadAllTextAsync(Path.Combine(Drop, $"{row.Key}.csv"));
        await GoesOn(row.Key);
        (await File.ReadAllTextAsync(Path.Combine(Drop, $"{row.Key}.csv"))).ShouldBe(said);
    }

    private async Task Start(DatabaseProvider on)
    {
        database = await TestDatabase.Create(on, folder.Path);
        hold = HoldUp.In(database, nameof(PendingOrderStatus));
        await using (var db = database.Open())
        {
            await db.Migrate(CancellationToken.None);
            using var enterprise = new StringReader("""
                name: Test Health
                practices:
                  - name: Test Practice
                    time-zone: America/Chicago
                    lines: [{ number: "+12175550190", name: Desk }]
                    resources: [{ id: GI, name: Digestive health }]
                event-types:
                  - { id: COLO60, name: { en: Colonoscopy }, completes: [RECALL-COLO] }
                """);
            await SetUpEnterprise.Run(db, EnterpriseFile.Read(enterprise, "test.yaml"), CancellationToken.None);
        }

        process = new ServerProcess(folder, database);
        process.Set("Feeds__0__Mapping", "mappings/generic");
        process.Set("Feeds__0__TimeZone", "America/Chicago");
        process.Set("Feeds__0__OrderStatus__Folder", Drop);
        process.Set("Outreach__LookEvery", "01:00:00");
        process.Set("WriteBack__LookEvery", "00:00:00.200");
        process.Set("WriteBack__Lease", "00:00:03");
        await process.Start();
        await Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A28|A1|P|2.5.1
            PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102||SPA
            """);
        await Says(Said.Order("1", "20260911100000", "NW"));
    }

    private Task Book() => Says(Said.Visit("2", "20260911101000", "S12", "V1", "COLO60", start: InTenDays()));

    /// <summary>The visit is cancelled after the restart: that is told next, and only then.</summary>
    private async Task GoesOn(string key)
    {
        await process.Start();
        await Says(Said.Visit("3", "20260911102000", "S15", "V1", "COLO60", start: InTenDays()));
        await DyingServer.Until(async () => (await Rows()).Count(row => row.State == WriteBackState.Done) == 2, "both are settled");

        var rows = await Rows();
        rows.ConvertAll(row => row.Status).ShouldBe([OrderStatus.Scheduled, OrderStatus.Reopened]);
        rows[0].Key.ShouldBe(key);
        rows[0].SettledAt!.Value.ShouldBeLessThanOrEqualTo(rows[1].SettledAt!.Value);
        Files().ShouldBe(rows.ConvertAll(row => $"{row.Key}.csv"), ignoreOrder: true);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Drop, $"{key}.csv"));
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith($"{key},");
        lines[1].ShouldContain(",Recall,R8801,100231,Scheduled,V1,");
    }

    private string[] Files() => Directory.Exists(Drop) ? [.. Directory.GetFiles(Drop).Select(path => Path.GetFileName(path))] : [];

    private async Task Says(string message)
    {
        await using var emr = await MllpPeer.Connect(process.MllpPort);
        Samples.Code(await emr.Ask(message.ReplaceLineEndings("\r"))).ShouldBe("AA");
    }

    private Task IsHeldUp(Func<List<PendingOrderStatus>, bool> stands) => DyingServer.Until(
        async () => stands(await Rows()) && await hold.Holds() && stands(await Rows()), "it is held up");

    private async Task<List<PendingOrderStatus>> Rows()
    {
        await using var db = database.Open();
        return await db.Set<PendingOrderStatus>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    private static string InTenDays() => TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyyMMdd'103000'", System.Globalization.CultureInfo.InvariantCulture);
}
