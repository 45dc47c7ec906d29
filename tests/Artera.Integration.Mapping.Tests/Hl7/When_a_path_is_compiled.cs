using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_path_is_compiled
{
    [Theory]
    [InlineData("PID-3", "PID-3")]
    [InlineData("pid-3.1", "PID-3.1")]
    [InlineData("PID-3.4.2", "PID-3.4.2")]
    [InlineData("PID-3(5=MRN).1", "PID-3(5=MRN).1")]
    [InlineData("PID-3(5= MRN | MR ).1", "PID-3(5=MRN|MR).1")]
    [InlineData("PID-13(3=CP)(2=PRS).1", "PID-13(3=CP)(2=PRS).1")]
    [InlineData("PID-3(4.1=HOSP)", "PID-3(4.1=HOSP)")]
    [InlineData("PID-13(2).1", "PID-13(2).1")]
    [InlineData("AIG(4=ROOM)-3.1", "AIG(4=ROOM)-3.1")]
    [InlineData("PRD(1.1=RT)-2.1", "PRD(1.1=RT)-2.1")]
    [InlineData("OBX(3.1.2=a b)(2)-5.1", "OBX(3.1.2=a b)(2)-5.1")]
    [InlineData("PID-13(2=).1", "PID-13(2=).1")]
    [InlineData("AIP(2!=D|X)-3", "AIP(2!=D|X)-3")]
    [InlineData("ZPM-02", "ZPM-2")]
    [InlineData("Z_1-7", "Z_1-7")]
    [InlineData("PV1-3", "PV1-3")]
    public void It_has_one_canonical_form(string text, string canonical)
    {
        Hl7Path.TryParse(text, out var path, out _, out _).ShouldBeTrue();
        path.ToString().ShouldBe(canonical);
        Hl7Path.Parse(canonical).ShouldBe(path);
    }

    [Theory]
    [InlineData("", 1, "a path starts with the three characters of a segment, such as PID-3")]
    [InlineData("PI-3", 1, "a path starts with the three characters of a segment, such as PID-3")]
    [InlineData("P_D-3", 1, "a path starts with the three characters of a segment, such as PID-3")]
    [InlineData("1ID-3", 1, "a path starts with the three characters of a segment, such as PID-3")]
    [InlineData("PID", 4, "'-' is expected, as in PID-1")]
    [InlineData("PID.3", 4, "'-' is expected, as in PID-1")]
    [InlineData("PID-", 5, "a field number from 1 to 999 is expected")]
    [InlineData("PID-0", 5, "a field number from 1 to 999 is expected")]
    [InlineData("PID-1000", 5, "a field number from 1 to 999 is expected")]
    [InlineData("PID-3.", 7, "a number after '.' from 1 to 999 is expected")]
    [InlineData("PID-3.1.", 9, "a number after '.' from 1 to 999 is expected")]
    [InlineData("PID-3.1.2.3", 10, "'.' is not expected here")]
    [InlineData("PID-3[1]", 6, "'[' is not expected here")]
    [InlineData("PID-3.1 ", 8, "' ' is not expected here")]
    [InlineData("PID-3(", 7, "a component or a count from 1 to 999 is expected")]
    [InlineData("PID-3(x=1)", 7, "a component or a count from 1 to 999 is expected")]
    [InlineData("PID-3(5", 8, "'=' is expected, as in 5=MRN")]
    [InlineData("PID-3(5=MRN", 9, "')' is missing")]
    [InlineData("PID-3(5.1.1=MRN)", 10, "'=' is expected, as in 5=MRN")]
    [InlineData("PID-3(1)(1)(1)(1)(1)", 18, "at most 4 selectors")]
    [InlineData("AIG(-3", 5, "a field or a count from 1 to 999 is expected")]
    public void A_mistake_is_pointed_at(string text, int column, string error)
    {
        Hl7Path.TryParse(text, out var path, out var message, out var at).ShouldBeFalse();
        path.ShouldBeNull();
        message.ShouldBe(error);
        at.ShouldBe(column);
    }

    [Fact]
    public void Nothing_at_all_is_no_path() => Hl7Path.TryParse(null, out _, out _, out _).ShouldBeFalse();

    [Fact]
    public void A_selector_compares_what_the_escapes_stand_for() =>
        Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rPID|1||7^^^a\\T\\b^mr\r").Text("PID-3(4=A&B)(5=MR).1").ShouldBe("7");

    [Fact]
    public void A_selector_of_a_segment_looks_at_every_repetition() =>
        Sample.Read("MSH|^~\\&|A|B|||||REF^I12|1|P|2.4\rPRD|RP|One\rPRD|PP~RT|Two\r").Text("PRD(1=RT)-2").ShouldBe("Two");
}
