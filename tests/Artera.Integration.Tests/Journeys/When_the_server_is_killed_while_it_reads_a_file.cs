using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_the_server_is_killed_while_it_reads_a_file
{
    private const int Lines = 3000;

    [Fact]
    public async Task It_goes_on_behind_the_last_line_and_applies_none_twice()
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.Sqlite, folder.Path);
        var drop = folder.File("drop");
        Directory.CreateDirectory(drop);
        using var server = new ServerProcess(folder, database);
        server.Set("Feeds__0__Extracts__0__Folder", drop);
        server.Set("Feeds__0__Extracts__0__SettledFor", "00:00:00");
        await File.WriteAllTextAsync(Path.Combine(drop, "big.csv"), Csv(), TestContext.Current.CancellationToken);
        for (var kill = 1; kill <= 3; kill++)
        {
            await server.Start();
            var enough = Lines * kill / 4;
            await Until(async () => await Number(database, """SELECT COALESCE(MAX("Rows"), 0) FROM "TakenExtract" """) >= enough);
            await server.Kill();
        }

        await server.Start();
        await Until(async () => await Number(database, """SELECT COUNT(*) FROM "TakenExtract" WHERE "PutAway" """) == 1);

        (await Number(database, """SELECT COUNT(*) FROM "TakenExtract" """)).ShouldBe(1);
        (await Number(database, """SELECT "Rows" FROM "TakenExtract" """)).ShouldBe(Lines);
        (await Number(database, """SELECT "Bad" FROM "TakenExtract" """)).ShouldBe(Lines, "no practice owns the location, so that each line is looked at and none is kept");
        (await Number(database, """SELECT COUNT(*) FROM "Patient" """)).ShouldBe(Lines);
        Directory.GetFiles(Path.Combine(drop, "done")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["big.1.csv", "big.1.report.csv"]);
        Directory.GetFiles(drop).ShouldBeEmpty();
    }

    /// <summary>Reading files is a job that one node at a time has: the shared timetable gives it to another when that one has died.</summary>
    [Fact]
    public async Task Another_node_goes_on_with_it_within_half_a_minute()
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.PostgreSql, folder.Path);
        var drop = folder.File("drop");
        Directory.CreateDirectory(drop);
        using var node = Node();
        using var other = Node();
        await File.WriteAllTextAsync(Path.Combine(drop, "big.csv"), Csv(), TestContext.Current.CancellationToken);
        await node.Start();
        await Until(async () => await Rows() > 0);
        await node.Freeze();
        var had = await Rows();
        await other.Start();
        await node.Kill();

        var killed = TimeProvider.System.GetTimestamp();
        had.ShouldBeLessThan(Lines, "the file is not read to its end yet");
        await Until(async () => await Rows() > had + 1);
        TimeProvider.System.GetElapsedTime(killed).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        await Until(async () => await Number(database, """SELECT COUNT(*) FROM "TakenExtract" WHERE "PutAway" """) == 1);
        (await Number(database, """SELECT "Bad" FROM "TakenExtract" """)).ShouldBe(Lines);
        (await Number(database, """SELECT COUNT(*) FROM "TakenExtract" """)).ShouldBe(1);

        ServerProcess Node()
        {
            var server = new ServerProcess(folder, database);
            server.Set("Feeds__0__Extracts__0__Folder", drop);
            server.Set("Feeds__0__Extracts__0__SettledFor", "00:00:00");
            return server;
        }

        async Task<long> Rows() => await Number(database, """SELECT COALESCE(MAX("Rows"), 0) FROM "TakenExtract" """);
    }

    /// <summary>Told to stop, a node does not read the file to its end first; another one, or the same again, goes on with it at once.</summary>
    [Theory]
    [InlineData(DatabaseProvider.PostgreSql, true)]
    [InlineData(DatabaseProvider.Sqlite, false)]
    public async Task Stopped_in_order_it_ends_in_the_middle_and_the_next_goes_on(DatabaseProvider on, bool beside)
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(on, folder.Path);
        var drop = folder.File("drop");
        Directory.CreateDirectory(drop);
        using var node = Node();
        using var other = Node();
        await node.Start();
        if (beside)
            await other.Start();
        await File.WriteAllTextAsync(Path.Combine(drop, "big.csv"), Csv(), TestContext.Current.CancellationToken);
        await Until(async () => await Rows() > 0);

        (await node.Stop()).ShouldBe(0);
        if (beside)
            (await other.Stop()).ShouldBe(0);
        var had = await Rows();
        had.ShouldBeLessThan(Lines, "the file is not read to its end yet");
        await other.Start();

        await Until(async () => await Number(database, """SELECT COUNT(*) FROM "TakenExtract" WHERE "PutAway" """) == 1);
        (await Rows()).ShouldBe(Lines);
        (await Number(database, """SELECT "Bad" FROM "TakenExtract" """)).ShouldBe(Lines);
        (await Number(database, """SELECT COUNT(*) FROM "Patient" """)).ShouldBe(Lines);
        (await Number(database, """SELECT COUNT(*) FROM "TakenExtract" """)).ShouldBe(1);

        ServerProcess Node()
        {
            var server = new ServerProcess(folder, database);
            server.Set("Feeds__0__Extracts__0__Folder", drop);
            server.Set("Feeds__0__Extracts__0__SettledFor", "00:00:00");
            return server;
        }

        async Task<long> Rows() => await Number(database, """SELECT COALESCE(MAX("Rows"), 0) FROM "TakenExtract" """);
    }

    private static string Csv()
    {
        var csv = new StringBuilder("id,patient,type,location,given\n");
        for (var line = 0; line < Lines; line++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"R{line},P{line},MAMMO,L1,ANA\n");
        return csv.ToString();
    }

    private static async Task Until(Func<Task<bool>> satisfied)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!await satisfied())
            await Task.Delay(20, patience.Token);
    }

    private static async Task<long> Number(TestDatabase database, string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
