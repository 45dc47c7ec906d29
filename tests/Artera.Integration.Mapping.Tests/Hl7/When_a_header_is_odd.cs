using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_header_is_odd
{
    [Theory]
    [InlineData(@"|^~\&", "|^~\\&\0")]
    [InlineData(@"|^~\&#", "|^~\\&#")]
    [InlineData("|^~&", "|^~\0&\0")]
    [InlineData("|^~", "|^~\0\0\0")]
    [InlineData("|^", "|^\0\0\0\0")]
    [InlineData(@"|^~\", "|^~\\\0\0")]
    [InlineData(@"|^~\}", "|^~\\}\0")]
    [InlineData(@"|^~\\&", "|^~\\&\0")]
    [InlineData(@"|^~\\\\&#", "|^~\\&#")]
    [InlineData(@"^~|\&", "^~|\\&\0")]
    [InlineData(@"@~&#\", "@~&#\\\0")]
    public void The_delimiters_are_those_of_the_message(string sent, string expected)
    {
        var message = Sample.Read($"MSH{sent}{sent[0]}A{sent[0]}{sent[0]}{sent[0]}{sent[0]}{sent[0]}{sent[0]}ADT{sent[1]}A08\r");
        var d = message.Delimiters;
        new string([d.Field, d.Component, d.Repetition, d.Escape, d.Subcomponent, d.Truncation]).ShouldBe(expected);
        message.Event.ShouldBe("ADT^A08");
        message.Text("MSH-2").ShouldBe(sent[1..]);
        message.SendingApplication.ShouldBe("A");
    }

    [Theory]
    [InlineData("|0000")]
    [InlineData("|^~y&")]
    [InlineData("|^^")]
    [InlineData("|^ ~")]
    [InlineData("|^~\\&#!")]
    [InlineData("|")]
    public void Delimiters_that_cannot_be_used_are_refused_but_answered(string sent)
    {
        var message = Hl7Message.TryRead(Encoding.UTF8.GetBytes($"MSH{sent}|A|B|C|D|||ADT^A08|77|P|2.4\r"), out var problem);
        problem.ShouldNotBeNull().Field.ShouldBe(2);
        message.ShouldNotBeNull().Delimiters.ShouldBe(Hl7Delimiters.Standard);
    }

    [Fact]
    public void Delimiters_taken_in_their_place_differ_from_each_other()
    {
        var message = Hl7Message.TryRead("MSH^^~\\&|A|B"u8.ToArray(), out _).ShouldNotBeNull();
        message.Delimiters.ShouldBe(new Hl7Delimiters('^', '|', '~', '\\', '&'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MSH")]
    [InlineData("MSH\r")]
    [InlineData("MSHX^~")]
    [InlineData("MSH ^~")]
    [InlineData("PID|1\r")]
    [InlineData("hello MSH|^~\\&|")]
    [InlineData("{\"resourceType\":\"Patient\"}")]
    public void Without_a_header_there_is_no_message(string text)
    {
        Hl7Message.TryRead(Encoding.UTF8.GetBytes(text), out var problem).ShouldBeNull();
        problem.ShouldBe(new Hl7Problem(100, "no MSH segment", "MSH"));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\u000B")]
    [InlineData("\uFEFF")]
    [InlineData("  \n\n")]
    public void Filler_before_the_header_does_not_matter(string filler) => Sample.Read(filler + Sample.Booking).Text("SCH-2").ShouldBe("F77");

    [Fact]
    public void Segments_before_the_header_are_a_problem_that_can_be_answered()
    {
        var message = Hl7Message.TryRead(Encoding.UTF8.GetBytes("EVN|x\r" + Sample.Booking), out var problem);
        problem.ShouldBe(new Hl7Problem(100, "MSH is not the first segment", "MSH"));
        message.ShouldNotBeNull().ControlId.ShouldBe("C0001");
    }

    [Theory]
    [InlineData("")]
    [InlineData("^A08")]
    [InlineData("\"\"")]
    public void A_message_without_a_type_is_a_problem_that_can_be_answered(string type)
    {
        var message = Hl7Message.TryRead(Encoding.UTF8.GetBytes($"MSH|^~\\&|A|B|C|D|||{type}|77|P|2.4\rPID|1\r"), out var problem);
        problem.ShouldBe(new Hl7Problem(101, "message type is missing", "MSH", 9));
        message.ShouldNotBeNull().ControlId.ShouldBe("77");
    }

    [Theory]
    [InlineData("ADT^A08^ADT_A01", "ADT^A08")]
    [InlineData("ADT^A08", "ADT^A08")]
    [InlineData("ADT", "ADT^A31")]
    [InlineData("ADT^^ADT_A01", "ADT^A31")]
    public void The_trigger_may_stand_in_the_event_segment_only(string type, string expected) =>
        Sample.Read($"MSH|^~\\&|A|B|C|D|||{type}|77|P|2.2\rEVN|A31|2026\r").Event.ShouldBe(expected);

    [Fact]
    public void A_type_without_a_trigger_is_only_a_type() => Sample.Read("MSH|^~\\&|A|B|C|D|||ACK|77|P|2.2\rMSA|AA|1\r").Event.ShouldBe("ACK");

    [Fact]
    public void A_short_header_has_no_more_than_it_has()
    {
        var message = Sample.Read("MSH|^~\\&|A||||||ADT^A08");
        message.ControlId.ShouldBeEmpty();
        message.Version.ShouldBeEmpty();
        message.AcceptAckType.ShouldBeEmpty();
    }

    [Fact]
    public void The_control_id_is_kept_as_sent() => Sample.Read(@"MSH|^~\&|A||||||ADT^A08| a\T\b^c |P|2.4").ControlId.ShouldBe(@" a\T\b^c ");
}
