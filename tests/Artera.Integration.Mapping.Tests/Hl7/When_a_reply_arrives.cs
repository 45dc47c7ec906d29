using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_reply_arrives
{
    private const string Header = @"MSH|^~\&|A|B|C|D|20260101||ACK^S14|R1|P|2.5" + "\r";

    [Fact]
    public void An_acceptance_names_the_message_it_answers() =>
        Read("MSA|AA|W42\r").ShouldBe(new AckReply(AckCode.AA, "W42", null, null, null));

    [Fact]
    public void The_error_is_read_in_the_new_shape() =>
        Read("MSA|AE|W42\rERR||SCH^1^2|206^Application record locked^HL70357|E||||in use\r").ShouldBe(new AckReply(AckCode.AE, "W42", "in use", 206, null));

    [Fact]
    public void The_error_is_read_in_the_old_shape() =>
        Read("MSA|AR|W42|no such visit\rERR|SCH^1^2^204&Unknown key&HL70357\r").ShouldBe(new AckReply(AckCode.AR, "W42", "no such visit", 204, null));

    [Fact]
    public void The_error_is_read_from_the_acknowledgement_segment() =>
        Read("MSA|AE|W42||||207^Application internal error\r")!.ErrorCode.ShouldBe(207);

    [Fact]
    public void The_expected_sequence_number_is_read() => Read("MSA|AA|W42||43\r")!.ExpectedSequence.ShouldBe(43);

    [Theory]
    [InlineData("PID|1\r")]
    [InlineData("MSA|OK|W42\r")]
    [InlineData("MSA\r")]
    public void Anything_else_is_no_reply(string rest) => Read(rest).ShouldBeNull();

    [Fact]
    public void Bytes_that_are_no_message_are_no_reply() => AckReply.TryRead("nonsense"u8.ToArray()).ShouldBeNull();

    private static AckReply? Read(string rest) => AckReply.TryRead(Encoding.UTF8.GetBytes(Header + rest));
}
