using System.Text;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_message_is_acknowledged
{
    private static readonly OffsetDateTime At = new(new LocalDateTime(2026, 3, 2, 10, 15, 30), Offset.FromHours(-6));
    private static readonly Hl7Problem BadVersion = new(203, "version | not taken", "MSH", 12);

    [Fact]
    public void It_goes_back_to_its_sender() => Answer(AckCode.CA, Sample.Booking).ShouldBe(
        @"MSH|^~\&|ARTERA|HUB|SCHED|HOSP^1.2.3^ISO|20260302101530-0600||ACK^S12^ACK|A1|P|2.5.1" + "\rMSA|CA|C0001\r");

    [Theory]
    [InlineData("2.1", "ACK")]
    [InlineData("2.2", "ACK")]
    [InlineData("2.3", "ACK^S12")]
    [InlineData("2.3.1", "ACK^S12^ACK")]
    [InlineData("2.4", "ACK^S12^ACK")]
    [InlineData("2.5.1^USA", "ACK^S12^ACK")]
    [InlineData("2.8", "ACK^S12^ACK")]
    public void The_type_is_written_as_the_version_has_it(string version, string expected)
    {
        var ack = Sample.Read(Answer(AckCode.AA, Header(version: version)));
        Encoding.UTF8.GetString(ack.Segments[0].Field(9).Raw).ShouldBe(expected);
        Encoding.UTF8.GetString(ack.Segments[0].Field(12).Raw).ShouldBe(version);
    }

    [Fact]
    public void An_error_has_one_field_up_to_2_4() => Answer(AckCode.AR, Header(version: "2.4"), BadVersion).ShouldEndWith(
        "\rMSA|AR|7|version \\F\\ not taken\rERR|MSH^1^12^203&Unsupported version id&HL70357\r");

    [Fact]
    public void An_error_has_location_code_and_severity_from_2_5_on() => Answer(AckCode.AR, Header(), BadVersion).ShouldEndWith(
        "\rMSA|AR|7|version \\F\\ not taken\rERR||MSH^1^12|203^Unsupported version id^HL70357|E||||version \\F\\ not taken\r");

    [Theory]
    [InlineData("2.4", "ERR|MSH^1^12^203&Unsupported version id&HL70357~^^^207&Application internal error&HL70357\r")]
    [InlineData("2.5", "ERR||MSH^1^12|203^Unsupported version id^HL70357|E||||version \\F\\ not taken\rERR|||207^Application internal error^HL70357|E||||odd\r")]
    public void Several_errors_repeat_the_field_up_to_2_4_and_the_segment_from_2_5_on(string version, string expected) =>
        Encoding.UTF8.GetString((Ack(AckCode.AE) with { Problems = [BadVersion, new Hl7Problem(207, "odd")] }).Write(Sample.Read(Header(version: version))))
            .ShouldEndWith("\rMSA|AE|7|version \\F\\ not taken\r" + expected);

    [Fact]
    public void Errors_do_not_repeat_for_a_sender_that_cannot_repeat() =>
        Encoding.UTF8.GetString((Ack(AckCode.AE) with { Problems = [BadVersion, new Hl7Problem(207, "odd")] }).Write(Sample.Read("MSH|^|A|B|C|D|20260101||SIU^S12|7|P|2.3\r")))
            .ShouldEndWith("ERR|MSH^1^12^203\r");

    [Fact]
    public void An_error_need_not_have_a_location() => Answer(AckCode.AE, Header(), new Hl7Problem(207, "not stored")).ShouldEndWith(
        "\rMSA|AE|7|not stored\rERR|||207^Application internal error^HL70357|E||||not stored\r");

    [Theory]
    [InlineData(@"MSH-^~\&-A-B-C-D-20260101--SIU^S12-7-P-2.5", "20260302101530")]
    [InlineData(@"MSH|-~\&|A|B|C|D|20260101||SIU-S12|7|P|2.5", "20260302101530")]
    [InlineData(@"MSH|^~\&-|A|B|C|D|20260101||SIU^S12|7|P|2.7", "20260302101530")]
    [InlineData(@"MSH+^~\&+A+B+C+D+20260101++SIU^S12+7+P+2.5", "20260302101530-0600")]
    public void The_time_has_no_offset_when_its_sign_is_a_delimiter(string header, string expected)
    {
        var ack = Sample.Read(Answer(AckCode.AA, header + "\r"));
        ack.Segments[0].Field(7).Text.ShouldBe(expected);
        ack.MessageType.ShouldBe("ACK");
    }

    [Theory]
    [InlineData(@"A\T\B^C~D")]
    [InlineData("  x ")]
    [InlineData("")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void The_control_id_comes_back_byte_for_byte(string id) =>
        Answer(AckCode.AA, Header(id: id)).ShouldContain(id.Length == 0 ? "\rMSA|AA\r" : $"\rMSA|AA|{id}\r");

    [Fact]
    public void Delimiters_are_those_of_the_sender()
    {
        var ack = Answer(AckCode.AR, "MSH#*+%!#A*1#B#C#D#20260101##SIU*S12#9#P#2.3\r", BadVersion);
        ack.ShouldBe("MSH#*+%!#C#D#A*1#B#20260302101530-0600##ACK*S12#A1#P#2.3\rMSA#AR#9#version | not taken\r"
            + "ERR#MSH*1*12*203!Unsupported version id!HL70357\r");
    }

    [Theory]
    [InlineData("^~&")]
    [InlineData("^~")]
    [InlineData(@"^~\&#")]
    [InlineData(@"^~\\&")]
    public void Encoding_characters_of_any_form_come_back(string encoding) =>
        Answer(AckCode.AA, $"MSH|{encoding}|A|B|C|D|||SIU^S12|9|P|2.7\r").ShouldStartWith($"MSH|{encoding}|C|D|A|B|");

    [Fact]
    public void The_charset_is_that_of_the_sender()
    {
        var latin = Encoding.Latin1.GetBytes("MSH|^~\\&|Zürich|B|C|D|||SIU^S12|é9|P|2.4||||||8859/1\r");
        var ack = Encoding.Latin1.GetString(Answer(AckCode.AA, Sample.Read(latin)));
        ack.ShouldBe("MSH|^~\\&|C|D|Zürich|B|20260302101530-0600||ACK^S12^ACK|A1|P|2.4||||||8859/1\rMSA|AA|é9\r");
    }

    [Fact]
    public void An_unreadable_header_is_refused_with_an_empty_control_id()
    {
        Hl7Message.TryRead("garbage"u8.ToArray(), out var problem).ShouldBeNull();
        Encoding.UTF8.GetString(Ack(AckCode.AR, problem).Write(null)).ShouldBe(
            @"MSH|^~\&|||||20260302101530-0600||ACK|A1|P|2.5.1" + "\rMSA|AR||no MSH segment\r"
            + "ERR||MSH^1|100^Segment sequence error^HL70357|E||||no MSH segment\r");
    }

    [Fact]
    public void The_start_of_sequence_numbers_is_answered_with_the_next_one()
    {
        var start = Sample.Read("MSH|^~\\&|A|B|C|D|20260101||||P|2.3|0\r");
        start.IsSequenceStart.ShouldBeTrue();
        Encoding.UTF8.GetString((Ack(AckCode.AA) with { ExpectedSequence = 42 }).Write(start)).ShouldEndWith("\rMSA|AA|||42\r");
    }

    [Fact]
    public void An_answer_of_its_own_asks_to_be_accepted() =>
        Encoding.UTF8.GetString((Ack(AckCode.AA) with { Deferred = true }).Write(Sample.Read(Sample.Booking))).ShouldContain("|A1|P|2.5.1|||AL|NE\rMSA|AA|C0001\r");

    [Fact]
    public void Marks_of_a_frame_do_not_get_into_the_answer() =>
        Answer(AckCode.AA, Header(id: "a\u001Cb\u000Bc")).ShouldContain("MSA|AA|a b c\r");

    private static string Header(string version = "2.5.1", string id = "7") => $"MSH|^~\\&|A|B|C|D|20260101||SIU^S12|{id}|P|{version}\r";

    private static Acknowledgement Ack(AckCode code, Hl7Problem? problem = null) =>
        new() { Code = code, ControlId = "A1", SentAt = At, Problems = problem is null ? [] : [problem] };

    private static byte[] Answer(AckCode code, Hl7Message inbound, Hl7Problem? problem = null) => Ack(code, problem).Write(inbound);

    private static string Answer(AckCode code, string inbound, Hl7Problem? problem = null) =>
        Encoding.UTF8.GetString(Answer(code, Sample.Read(inbound), problem));
}
