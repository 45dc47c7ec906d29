using System.Text;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Mapping.Tests.Hl7;

/// <summary>Answers whatever comes, and checks that the answer has the form a sender can read.</summary>
internal static class AnswerForm
{
    private static readonly OffsetDateTime At = new(new LocalDateTime(2026, 3, 2, 10, 15, 30), Offset.Zero);

    public static AckCode Check(ReadOnlyMemory<byte> raw)
    {
        var message = Hl7Message.TryRead(raw, out var problem);
        (message is null && problem is null).ShouldBeFalse();
        var outcome = problem is null ? AckOutcome.Accepted : AckOutcome.Rejected;
        var code = AckPolicy.Of(message).Decide(outcome).Immediate ?? AckCode.AA;
        var answer = new Acknowledgement { Code = code, ControlId = "A1", SentAt = At, Problems = problem is null ? [] : [problem] }.Write(message);
        Check(answer, message, code, problem);
        return code;
    }

    private static void Check(byte[] answer, Hl7Message? message, AckCode code, Hl7Problem? problem)
    {
        if (message is not { Charset: UnicodeEncoding })
        {
            answer.ShouldNotContain((byte)0x0B);
            answer.ShouldNotContain((byte)0x1C);
            answer[^1].ShouldBe((byte)'\r');
            answer.Count(b => b == '\r').ShouldBe(problem is null ? 2 : 3);
        }

        var read = Hl7Message.TryRead(answer, out var itsProblem, message?.Charset).ShouldNotBeNull();
        itsProblem.ShouldBeNull();
        read.MessageType.ShouldBe("ACK");
        read.ControlId.ShouldBe("A1");
        read.Version.ShouldNotBeEmpty();
        read.ProcessingId.ShouldNotBeEmpty();
        read.Delimiters.ShouldBe(message?.Delimiters ?? Hl7Delimiters.Standard);

        var reply = AckReply.TryRead(answer).ShouldNotBeNull();
        reply.Code.ShouldBe(code);
        reply.ErrorCode.ShouldBe(problem?.Code);
        if (message is null) reply.ControlId.ShouldBeEmpty();
    }
}
