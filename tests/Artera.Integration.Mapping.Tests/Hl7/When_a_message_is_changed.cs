using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_message_is_changed
{
    private const string Start = "MSH|^~\\&|A|B|||||SIU^S14|1|P|2.4\rSCH|1|F1||||R^Reason|\rPID|1||7^^^H^MR~9^^^S^SS\r";

    [Theory]
    [InlineData("SCH-2", "F2", "SCH|1|F2||||R^Reason|")]
    [InlineData("SCH-6", "X", "SCH|1|F1||||X|")]
    [InlineData("SCH-6.1", "X", "SCH|1|F1||||X^Reason|")]
    [InlineData("SCH-6.4", "X", "SCH|1|F1||||R^Reason^^X|")]
    [InlineData("SCH-6.2.3", "X", "SCH|1|F1||||R^Reason&&X|")]
    [InlineData("SCH-7", "X", "SCH|1|F1||||R^Reason|X")]
    [InlineData("SCH-9.2", "X", "SCH|1|F1||||R^Reason|||^X")]
    [InlineData("SCH-6.2", "", "SCH|1|F1||||R^|")]
    [InlineData("SCH-2", "a|b^c&d~e\\f", "SCH|1|a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f||||R^Reason|")]
    [InlineData("SCH-2", "one\rtwo", "SCH|1|one\\X0D\\two||||R^Reason|")]
    [InlineData("PID-3(5=SS).1", "X", "PID|1||7^^^H^MR~X^^^S^SS")]
    [InlineData("PID-3(2).4", "X", "PID|1||7^^^H^MR~9^^^X^SS")]
    [InlineData("PID-3(4).1", "X", "PID|1||7^^^H^MR~9^^^S^SS~~X")]
    [InlineData("PID-3(5=PI).1", "X", "PID|1||7^^^H^MR~9^^^S^SS~X^^^^PI")]
    [InlineData("PID-3(5=SS|PI)(2).1", "X", "PID|1||7^^^H^MR~9^^^S^SS~X^^^^SS")]
    [InlineData("PID-13(3=CP)(2=PRS).1", "X", "PID|1||7^^^H^MR~9^^^S^SS||||||||||X^PRS^CP")]
    [InlineData("PID-13(2).1", "X", "PID|1||7^^^H^MR~9^^^S^SS||||||||||~X")]
    [InlineData("PID-3(5!=MR).1", "X", "PID|1||7^^^H^MR~X^^^S^SS")]
    [InlineData("PID-3(5!=MR|SS).1", "X", "PID|1||7^^^H^MR~9^^^S^SS~X")]
    [InlineData("PID-13(3!=CP)(2=NET).4", "X", "PID|1||7^^^H^MR~9^^^S^SS||||||||||^NET^^X")]
    [InlineData("NTE-3", "X", "NTE|||X")]
    [InlineData("NTE(2)-3", "X", "NTE\rNTE|||X")]
    [InlineData("OBX(3.1=LANG)-5.2", "X", "OBX|||LANG||^X")]
    [InlineData("ZPX(2=a)(1.2=b)-1.1", "X", "ZPX|X^b|a")]
    public void Only_what_the_path_names_changes(string path, string value, string expected)
    {
        var changed = Encoding.UTF8.GetString(Hl7MessageBuilder.Edit(Sample.Read(Start)).Set(path, value).ToArray());
        changed.ShouldContain($"\r{expected}\r");
        changed.Split('\r').Except(Start.Split('\r')).ShouldBe(expected.Split('\r').Except(Start.Split('\r')));
        Sample.Read(changed).Text(path).ShouldBe(value);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void New_segments_end_as_the_others_do(string end)
    {
        var text = "MSH|^~\\&|A|B|||||SIU^S14|1|P|2.4\rSCH|1\rPID|1".Replace("\r", end, StringComparison.Ordinal);
        var builder = Hl7MessageBuilder.Edit(Sample.Read(text));
        builder.Add("NTE", after: builder.Message.Segments[1]).Set("NTE-3", "note").Set("ZXX-1", "z");
        Encoding.UTF8.GetString(builder.ToArray()).ShouldBe(
            "MSH|^~\\&|A|B|||||SIU^S14|1|P|2.4\rSCH|1\rNTE|||note\rPID|1\rZXX|z".Replace("\r", end, StringComparison.Ordinal));
    }

    [Fact]
    public void A_null_erases() =>
        Changed(builder => builder.Erase(Hl7Path.Parse("SCH-6.2"))).ShouldContain("R^\"\"|");

    [Fact]
    public void A_null_gives_way_to_a_part() =>
        Encoding.UTF8.GetString(Hl7MessageBuilder.Edit(Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rPID|1||\"\"\r")).Set("PID-3.4", "H").ToArray()).ShouldEndWith("PID|1||^^^H\r");

    [Fact]
    public void A_value_in_the_notation_of_the_message_keeps_it() =>
        Changed(builder => builder.SetRaw(Hl7Path.Parse("SCH-6"), @"C^By patient \T\ all")).ShouldContain(@"|C^By patient \T\ all|");

    [Fact]
    public void The_delimiters_of_the_message_are_used() =>
        Encoding.UTF8.GetString(Hl7MessageBuilder.Edit(Sample.Read("MSH#*+%!#A#B#####ADT*A08#1#P#2.4\r")).Set("PID-3(5=MR).1", "a#*+%!|^").ToArray())
            .ShouldEndWith("PID###a%F%%S%%R%%E%%T%|^****MR\r");

    [Fact]
    public void Without_an_escape_character_a_delimiter_becomes_a_blank() =>
        Encoding.UTF8.GetString(Hl7MessageBuilder.Edit(Sample.Read("MSH|^~&|A|B|||||ADT^A08|1|P|2.4\r")).Set("NTE-3", @"a|b^c\d").ToArray()).ShouldEndWith("NTE|||a b c\\d\r");

    [Theory]
    [InlineData("8859/1", "iso-8859-1", "é")]
    [InlineData("8859/2", "iso-8859-2", "ł")]
    [InlineData("", "utf-8", "é漢")]
    [InlineData("UNICODE UTF-8", "utf-8", "漢")]
    [InlineData("BIG-5", "big5", "功")]
    [InlineData("GB 18030-2000", "gb18030", "𠀀")]
    [InlineData("~ISO IR87", "iso-2022-jp", "山")]
    [InlineData("UNICODE UTF-16", "utf-16", "漢")]
    public void Text_goes_in_as_the_charset_of_the_message_has_it(string label, string name, string value)
    {
        Hl7Charset.Find(label);
        var encoding = Encoding.GetEncoding(name);
        foreach (var already in new[] { "", value })
        {
            var raw = encoding.GetBytes($"MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4||||||{label}\rPID|1||7||Doe^{already}^Q||19800229\rNTE|1||{already}\r");
            var changed = Hl7MessageBuilder.Edit(Sample.Read(raw)).Set("PID-5.3", value).ToArray();
            changed.ShouldBe(encoding.GetBytes($"MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4||||||{label}\rPID|1||7||Doe^{already}^{value}||19800229\rNTE|1||{already}\r"));
        }
    }

    [Theory]
    [InlineData("8859/1", "iso-8859-1", "é")]
    [InlineData("BIG-5", "big5", "許功蓋")]
    [InlineData("GB 18030-2000", "gb18030", "𠀀伟")]
    [InlineData("KS X 1001", "ks_c_5601-1987", "김")]
    [InlineData("~ISO IR87", "iso-2022-jp", "山田")]
    [InlineData("ISO IR87", "shift_jis", "山田ｶﾅ")]
    [InlineData("", "utf-16BE", "漢")]
    public void Text_of_the_charset_gives_way_to_other_text(string label, string name, string old)
    {
        Hl7Charset.Find(label);
        var encoding = Encoding.GetEncoding(name);
        foreach (var value in new[] { "", "new", old, $"{old} new {old}" })
        {
            var raw = encoding.GetBytes($"MSH|^~\\&|A{old}|B|||||ADT^A08|1|P|2.4||||||{label}\rPID|1||7||{old}^{old}^{old}||1980\rNTE|1||{old}\r");
            foreach (var (path, expected) in new[] { ("PID-5.1", $"{value}^{old}^{old}"), ("PID-5.2", $"{old}^{value}^{old}"), ("PID-5.3", $"{old}^{old}^{value}"), ("PID-5.4", $"{old}^{old}^{old}^{value}") })
            {
                Encoding.Latin1.GetString(Hl7MessageBuilder.Edit(Sample.Read(raw)).Set(path, value).ToArray()).ShouldBe(
                    Encoding.Latin1.GetString(encoding.GetBytes($"MSH|^~\\&|A{old}|B|||||ADT^A08|1|P|2.4||||||{label}\rPID|1||7||{expected}||1980\rNTE|1||{old}\r")), $"{path} = {value}");
            }
        }
    }

    [Fact]
    public void Bytes_that_no_charset_knows_stay_as_they_are()
    {
        byte[] raw = [.. "MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4||||||BIG-5\rPID|1||7||Doe^"u8, 0xFF, 0xFE, 0x81, .. "||19800229\r"u8];
        var message = Hl7Message.TryRead(raw, out _).ShouldNotBeNull();
        Hl7MessageBuilder.Edit(message).Set("PID-7", "19800301").ToArray().ShouldBe([.. raw[..^9], .. "19800301\r"u8]);
    }

    [Theory]
    [InlineData("MSH-1")]
    [InlineData("MSH-2")]
    [InlineData("PID-3(5=MR)(5=PI).1")]
    [InlineData("OBX(3=a)(3=b)-5")]
    public void What_cannot_be_is_an_error_of_the_caller(string path) =>
        Should.Throw<ArgumentException>(() => Changed(builder => builder.Set(path, "X")));

    [Fact]
    public void A_message_without_a_separator_cannot_have_the_part() =>
        Should.Throw<ArgumentException>(() => Hl7MessageBuilder.Edit(Sample.Read("MSH|^~|A|B|||||ADT^A08|1|P|2.4\r")).Set("PID-3.1.2", "x"));

    [Fact]
    public void The_message_begun_with_is_not_changed()
    {
        var message = Sample.Read(Start);
        Hl7MessageBuilder.Edit(message).Set("SCH-2", "F2");
        Encoding.UTF8.GetString(message.Raw.Span).ShouldBe(Start);
    }

    [Fact]
    public void A_new_message_can_be_written()
    {
        var builder = Hl7MessageBuilder.New(charset: "UNICODE UTF-8")
            .Set("MSH-3", "ARTERA").Set("MSH-4.1", "HUB").Set("MSH-4.2", "1.2.3").Set("MSH-9.1", "SIU").Set("MSH-9.2", "S15")
            .Set("MSH-10", "W1").Set("MSH-11", "P").Set("MSH-12", "2.3").Set("SCH-2", "F77").Set("SCH-6.2", "By the patient & family").Set("PID-3(5=MR).1", "100200");
        Encoding.UTF8.GetString(builder.ToArray()).ShouldBe(
            "MSH|^~\\&|ARTERA|HUB^1.2.3|||||SIU^S15|W1|P|2.3||||||UNICODE UTF-8\rSCH||F77||||^By the patient \\T\\ family\rPID|||100200^^^^MR\r");
    }

    [Fact]
    public void Delimiters_that_cannot_be_used_are_an_error_of_the_caller() =>
        Should.Throw<ArgumentException>(() => Hl7MessageBuilder.New(new Hl7Delimiters('|', 'a', '~', '\\', '&')));

    private static string Changed(Action<Hl7MessageBuilder> change)
    {
        var builder = Hl7MessageBuilder.Edit(Sample.Read(Start));
        change(builder);
        return Encoding.UTF8.GetString(builder.ToArray());
    }
}
