using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_nothing_or_null_is_said
{
    [Theory]
    [InlineData("", "PID-13", "absent")]
    [InlineData("", "PID-13.1", "absent")]
    [InlineData("\"\"", "PID-13", "null")]
    [InlineData("\"\"", "PID-13.1", "null")]
    [InlineData("\"\"", "PID-13.4.2", "null")]
    [InlineData("\"\"", "PID-13(3=CP).1", "null")]
    [InlineData("\"\"", "PID-13(2).1", "null")]
    [InlineData("\"\"^\"\"^\"\"", "PID-13(3=CP).1", "null")]
    [InlineData("555^\"\"", "PID-13", "555")]
    [InlineData("555^\"\"", "PID-13.2", "null")]
    [InlineData("555^\"\"", "PID-13.2.3", "null")]
    [InlineData("555^\"\"", "PID-13.3", "absent")]
    [InlineData("555^PRN^PH~\"\"", "PID-13(2).1", "null")]
    [InlineData("555^PRN^PH~\"\"", "PID-13(3=CP).1", "absent")]
    [InlineData("~555^PRN^CP", "PID-13(3=CP).1", "555")]
    [InlineData("~555^PRN^CP", "PID-13", "absent")]
    [InlineData("\"\"\"\"", "PID-13", "\"\"\"\"")]
    [InlineData("a\"\"", "PID-13", "a\"\"")]
    [InlineData("^^CP", "PID-13(3=CP).1", "absent")]
    [InlineData("&x", "PID-13.1", "absent")]
    [InlineData("&x", "PID-13.1.2", "x")]
    [InlineData(" ", "PID-13", " ")]
    [InlineData(@"\H\\N\", "PID-13", "absent")]
    [InlineData(@"\H\x\N\", "PID-13", "x")]
    [InlineData(@"\E\", "PID-13", @"\")]
    [InlineData("555^^^^^^", "PID-13.1", "555")]
    [InlineData("555^^^^^^", "PID-13.9", "absent")]
    [InlineData("x&y^z", "PID-13", "x")]
    public void The_three_are_told_apart(string field, string path, string expected)
    {
        var value = Sample.Read($"MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rPID|1||7||||||||||{field}|||\r").Get(Hl7Path.Parse(path));
        (value.IsNull ? "null" : value.IsAbsent ? "absent" : value.Text).ShouldBe(expected);
        value.HasValue.ShouldBe(expected is not "null" and not "absent");
    }

    [Theory]
    [InlineData("PID")]
    [InlineData("PID|")]
    [InlineData("PID|||||||||||||||||||||||||")]
    public void Missing_and_trailing_delimiters_make_no_difference(string segment)
    {
        var message = Sample.Read($"MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\r{segment}\r");
        message.Get(Hl7Path.Parse("PID-13.1")).IsAbsent.ShouldBeTrue();
        message.Get(Hl7Path.Parse("PID-13(3=CP).1")).IsAbsent.ShouldBeTrue();
    }

    [Fact]
    public void Free_text_with_delimiters_in_it_can_be_had_whole()
    {
        var value = Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rNTE|1||Bring ^ cards & \\T\\ papers\r").Get(Hl7Path.Parse("NTE-3"));
        value.Text.ShouldBe("Bring ");
        value.Whole.ShouldBe("Bring ^ cards & & papers");
    }

    [Fact]
    public void Nothing_found_is_nothing_said()
    {
        var value = default(Hl7Value);
        value.IsAbsent.ShouldBeTrue();
        value.IsNull.ShouldBeFalse();
        value.Text.ShouldBeEmpty();
        value.Whole.ShouldBeEmpty();
        value.Component(2).Subcomponent(3).IsAbsent.ShouldBeTrue();
    }
}
