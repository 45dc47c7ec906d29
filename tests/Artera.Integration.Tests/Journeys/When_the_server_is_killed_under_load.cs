using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_the_server_is_killed_under_load
{
    private const int Senders = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, bool> acknowledged = new(StringComparer.Ordinal);
    private readonly TcpClient?[] connections = new TcpClient?[Senders];
    private volatile bool enough;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 20)]
    [InlineData(DatabaseProvider.PostgreSql, 6)]
    public async Task Every_acknowledged_message_is_there_once_and_none_is_stuck(DatabaseProvider on, int kills)
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(on, folder.Path);
        using var server = new ServerProcess(folder, database);
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Send(server.MllpPort, sender))).ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            await server.Start();
            var before = acknowledged.Count;
            await Until(() => Task.FromResult(acknowledged.Count > before + Random.Shared.Next(1, 300)), () => $"{acknowledged.Count} acknowledged");
            await Task.Delay(Random.Shared.Next(0, 50), CancellationToken.None);
            await server.Kill();
        }

        enough = true;
        await server.Start();
        await Task.WhenAll(senders).WaitAsync(Patience, CancellationToken.None);
        await Until(async () => await Count(database, """SELECT COUNT(*) FROM "InboxMessage" WHERE "State" IN ('Received', 'Failed')""") == 0, () => "some are stuck");

        var kept = await ControlIds(database);
        kept.ShouldBeUnique();
        acknowledged.Keys.Except(kept, StringComparer.Ordinal).ShouldBeEmpty();
        kept.Except(acknowledged.Keys, StringComparer.Ordinal).ShouldBeEmpty();
        foreach (var sender in kept.GroupBy(id => id.Split('-')[0], id => Number(id, 1), StringComparer.Ordinal))
            sender.ShouldBeInOrder();
    }

    /// <summary>As an EMR does: one message after the other, each again until it is acknowledged.</summary>
    private async Task Send(int port, int sender)
    {
        for (var i = 0; !enough; i++)
        {
            while (!await IsAcknowledged(port, $"{sender}-{i}"))
                await Task.Delay(20, CancellationToken.None);
            acknowledged[$"{sender}-{i}"] = true;
        }

        connections[sender]?.Dispose();
    }

    private async Task<bool> IsAcknowledged(int port, string id)
    {
        var sender = Number(id, 0);
        try
        {
            var connection = connections[sender] ??= await Connect(port);
            var stream = connection.GetStream();
            await stream.WriteAsync(MllpPeer.Frame(Siu(id, appointment: id, patient: $"P{id[^1]}")));
            var answer = new byte[2048];
            var length = 0;
            while (length == 0 || answer[length - 1] != 0x0D || answer[length - 2] != 0x1C)
            {
                var read = await stream.ReadAsync(answer.AsMemory(length));
                if (read == 0)
                    throw new IOException("hung up");
                length += read;
            }

            var ack = System.Text.Encoding.ASCII.GetString(answer, 1, length - 3);
            Answers(ack).ShouldBe(id);
            return string.Equals(Code(ack), "AA", StringComparison.Ordinal);
        }
        catch (Exception lost) when (lost is IOException or SocketException)
        {
            connections[sender]?.Dispose();
            connections[sender] = null;
            return false;
        }
    }

    private static int Number(string id, int part) => int.Parse(id.Split('-')[part], CultureInfo.InvariantCulture);

    private static async Task<TcpClient> Connect(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return client;
    }

    private static async Task Until(Func<Task<bool>> satisfied, Func<string> state)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await satisfied())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException(state());
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task<long> Count(TestDatabase database, string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> ControlIds(TestDatabase database)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "ControlId" FROM "InboxMessage" ORDER BY "Id" """;
        await using var rows = await command.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await rows.ReadAsync())
            ids.Add(rows.GetString(0));
        return ids;
    }
}
