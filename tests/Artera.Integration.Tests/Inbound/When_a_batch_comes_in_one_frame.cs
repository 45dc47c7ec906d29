using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_batch_comes_in_one_frame : IAsyncLifetime
{
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(settings: [new("Inbound:Apply", "false")]);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Each_message_is_kept_and_the_answer_is_a_batch()
    {
        var answer = await emr.Ask($"BHS|^~\\&|EMR|NORTH|ARTERA|HUB|20261026090000||||B77\r{Siu("1")}{Siu("2", processing: "T")}BTS|2\r");
        Fields(answer, "BHS")[11].ShouldBe("B77");
        Lines(answer, "MSA").ShouldBe(["MSA|AA|1", "MSA|AR|2"]);
        Fields(answer, "BTS")[1].ShouldBe("2");
        (await server.Kept()).Select(row => (row.ControlId, row.AckCode)).ShouldBe([("1", "AA"), ("2", "AR")]);
    }

    [Fact]
    public async Task Messages_one_after_the_other_get_one_frame_of_answers()
    {
        var answer = await emr.Ask(Siu("1") + Siu("2"));
        answer.ShouldStartWith("MSH|");
        Lines(answer, "MSA").ShouldBe(["MSA|AA|1", "MSA|AA|2"]);
        Answers(await emr.Ask(Siu("3"))).ShouldBe("3");
    }

    [Fact]
    public async Task A_count_that_differs_is_reported_and_nothing_is_dropped()
    {
        var answer = await emr.Ask($"BHS|^~\\&|EMR\r{Siu("1")}BTS|5\r");
        Fields(answer, "BTS")[2].ShouldBe("BTS-1 says 5, messages found: 1");
        (await server.Kept()).ShouldHaveSingleItem().Note.ShouldBe("batch-counts-differ");
    }

    private static IEnumerable<string> Lines(string answer, string segment) =>
        answer.Split('\r').Where(line => line.StartsWith(segment, StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|').Take(3)));
}
