using System.Net;
using System.Net.Sockets;
using System.Text;
using Artera.Integration.Demo;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.WriteBack;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_a_message_goes_out_over_MLLP : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(200);
    private readonly EmrSimulator emr;
    private readonly MllpConnection connection;

    public When_a_message_goes_out_over_MLLP()
    {
        emr = EmrSimulator.Start();
        connection = new MllpConnection(new MllpDestination { Port = emr.Port });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await emr.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_to_it_comes_back()
    {
        var reply = await connection.Send(Message("A1"), Patience, Cancellation);

        reply.Kind.ShouldBe(ReplyKind.Answered);
        reply.Code.ShouldBe(AckCode.AA);
        Encoding.ASCII.GetString(reply.Raw.Span).ShouldContain("MSA|AA|A1");
        emr.Received.ShouldHaveSingleItem().ControlId.ShouldBe("A1");
    }

    [Fact]
    public async Task Many_go_over_one_connection()
    {
        for (var i = 1; i <= 100; i++)
            (await connection.Send(Message($"A{i}"), Patience, Cancellation)).Code.ShouldBe(AckCode.AA);

        emr.Received.Count.ShouldBe(100);
        emr.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_is_no_answer()
    {
        emr.Script(SimulatedAnswer.Silence);
        var reply = await connection.Send(Message("A1"), Impatience, Cancellation);

        (reply.Kind, reply.Cause).ShouldBe((ReplyKind.NoAnswer, "no-answer"));
    }

    [Fact]
    public async Task A_late_answer_is_not_taken_for_the_answer_to_the_next_message()
    {
        emr.Lateness = 2 * Impatience;
        emr.Script(SimulatedAnswer.Late, SimulatedAnswer.Silence);
        (await connection.Send(Message("A1"), Impatience, Cancellation)).Kind.ShouldBe(ReplyKind.NoAnswer);
        var next = await connection.Send(Message("A2"), 3 * Impatience, Cancellation);

        (next.Kind, next.Cause).ShouldBe((ReplyKind.NoAnswer, "no-answer"));
        (await connection.Send(Message("A3"), Patience, Cancellation)).Code.ShouldBe(AckCode.AA);
    }

    [Fact]
    public async Task An_answer_to_another_message_is_not_its_answer()
    {
        emr.Script(SimulatedAnswer.WrongId);
        var reply = await connection.Send(Message("A1"), Impatience, Cancellation);

        (reply.Kind, reply.Cause).ShouldBe((ReplyKind.NoAnswer, "answer-for-another"));
        Encoding.ASCII.GetString(reply.Raw.Span).ShouldContain("MSA|AA|XA1");
    }

    [Fact]
    public async Task A_stray_answer_before_the_right_one_is_passed_over()
    {
        await using var peer = new OneShotPeer("\vMSH|^~\\&|||||||ACK|K1|P|2.3\rMSA|AA|A0\r\x1C\r\n\vMSH|^~\\&|||||||ACK|K2|P|2.3\rMSA|AE|A1\r\x1C\r");
        await using var to = new MllpConnection(new MllpDestination { Port = peer.Port });

        (await to.Send(Message("A1"), Patience, Cancellation)).Code.ShouldBe(AckCode.AE);
    }

    [Fact]
    public async Task An_answer_in_single_bytes_is_read()
    {
        await using var peer = new OneShotPeer("\vMSH|^~\\&|||||||ACK|K1|P|2.3\rMSA|AA|A1\r\x1C\r", oneByOne: true);
        await using var to = new MllpConnection(new MllpDestination { Port = peer.Port });

        (await to.Send(Message("A1"), Patience, Cancellation)).Code.ShouldBe(AckCode.AA);
    }

    [Fact]
    public async Task A_connection_lost_while_waiting_leaves_it_open_whether_it_arrived()
    {
        emr.Script(SimulatedAnswer.HangUp);
        (await connection.Send(Message("A1"), Patience, Cancellation)).Kind.ShouldBe(ReplyKind.NoAnswer);
        (await connection.Send(Message("A1"), Patience, Cancellation)).Code.ShouldBe(AckCode.AA);
    }

    [Fact]
    public async Task Nobody_listening_means_that_nothing_left()
    {
        await emr.DisposeAsync();
        var reply = await connection.Send(Message("A1"), Patience, Cancellation);

        (reply.Kind, reply.Cause).ShouldBe((ReplyKind.NotConnected, nameof(SocketError.ConnectionRefused)));
    }

    [Fact]
    public async Task A_peer_that_closes_after_each_answer_is_connected_to_again_without_a_word()
    {
        emr.HangsUpAfterEach = true;
        for (var i = 1; i <= 5; i++)
        {
            (await connection.Send(Message($"A{i}"), Patience, Cancellation)).Code.ShouldBe(AckCode.AA);
            while (emr.OpenConnections > 0)
                await Task.Delay(5, Cancellation);
        }

        emr.Connections.ShouldBe(5);
    }

    private static byte[] Message(string controlId) =>
        Encoding.ASCII.GetBytes($"MSH|^~\\&|A|B|C|D|20261026||SIU^S14|{controlId}|P|2.3\rSCH||V1\rPID|||P1\r");

    private sealed class OneShotPeer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task answering;

        public OneShotPeer(string answer, bool oneByOne = false)
        {
            listener.Start();
            answering = Answer(Encoding.ASCII.GetBytes(answer), oneByOne);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await answering;
            listener.Dispose();
        }

        private async Task Answer(byte[] answer, bool oneByOne)
        {
            using var client = await listener.AcceptTcpClientAsync();
            client.NoDelay = true;
            var stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[1024].AsMemory());
            foreach (var piece in answer.Chunk(oneByOne ? 1 : answer.Length))
            {
                await stream.WriteAsync(piece);
                await Task.Yield();
            }
        }
    }
}
