using System.Text;
using Artera.Integration.Mapping.Hl7;
using CsCheck;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_text_carries_escapes
{
    [Theory]
    [InlineData(@"\F\\S\\T\\R\\E\", @"|^&~\")]
    [InlineData(@"a\P\b", "a#b")]
    [InlineData(@"Smith \T\ Sons", "Smith & Sons")]
    [InlineData(@"\X41\", "A")]
    [InlineData(@"one\X0D0A\two", "one\r\ntwo")]
    [InlineData(@"one\X0D\\X0A\two", "one\r\ntwo")]
    [InlineData(@"\XC3A9\", "é")]
    [InlineData(@"\XC3\\XA9\", "é")]
    [InlineData(@"\XE9\", "é")]
    [InlineData(@"\X4\", @"\X4\")]
    [InlineData(@"\XZZ\", @"\XZZ\")]
    [InlineData(@"\X\", @"\X\")]
    [InlineData(@"\H\loud\N\ quiet", "loud quiet")]
    [InlineData(@"one\.br\two", "one\ntwo")]
    [InlineData(@"one\.sp\two\.sp2\three\.sp 1\four\.sp+1\five", "one\ntwo\n\nthree\nfour\nfive")]
    [InlineData(@"\.in+4\a\.ti-2\b\.fi\c\.nf\d\.ce\e", "abcd\ne")]
    [InlineData(@"a\.sk3\b", "a   b")]
    [InlineData(@"\.xx\", @"\.xx\")]
    [InlineData(@"\.sp99999999999\", @"\.sp99999999999\")]
    [InlineData(@"\Z99\", @"\Z99\")]
    [InlineData(@"\Q\", @"\Q\")]
    [InlineData(@"DOMAIN\user", @"DOMAIN\user")]
    [InlineData(@"SMITH\JONES \T\ CO", @"SMITH\JONES & CO")]
    [InlineData(@"\\T\", @"\&")]
    [InlineData(@"\", @"\")]
    [InlineData(@"\\", @"\\")]
    [InlineData(@"end\T", @"end\T")]
    [InlineData(@"\E\T\E\", @"\T\")]
    [InlineData(@"\n\t", @"\n\t")]
    public void It_reads_as_what_they_stand_for(string sent, string expected) =>
        Sample.Read(Message(sent)).Text("NTE-3").ShouldBe(expected);

    [Theory]
    [InlineData(@"\M2442\;3ED\C2842\ Taro", "山田 Taro")]
    [InlineData(@"\M242844\0!\C2842\", "丂")]
    [InlineData(@"\C2841\x", @"\C2841\x")]
    public void Switches_of_charset_are_followed(string sent, string expected) =>
        Sample.Read(Message(sent)).Text("NTE-3").ShouldBe(expected);

    [Fact]
    public void Bytes_are_in_the_charset_of_the_message() =>
        Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4||||||8859/2\rNTE|1|ł|\\XB3\\\r", Hl7Charset.Find("8859/2")).Text("NTE-3").ShouldBe("ł");

    [Fact]
    public void Without_an_escape_character_a_backslash_is_a_backslash() =>
        Sample.Read("MSH|^~&|A|B|||||ADT^A08|1|P|2.4\rNTE|1||C:\\T\\x&y\r").Text("NTE-3").ShouldBe(@"C:\T\x");

    [Fact]
    public void The_encoding_characters_themselves_are_not_unescaped() =>
        Sample.Read("MSH|^~\\&#|A|B|||||ADT^A08|1|P|2.7\r").Text("MSH-2").ShouldBe(@"^~\&#");

    [Fact]
    public void Other_delimiters_have_the_same_sequences() =>
        Sample.Read("MSH#*+%!#A#B#####ADT*A08#1#P#2.4\rNTE#1##%F%%S%%T%%R%%E%\r").Text("NTE-3").ShouldBe("#*!+%");

    [Fact]
    public void Whatever_is_written_is_read_again()
    {
        Gen.Char["|^~\\&#XFSTREP.Zbr0D\r\n\u000B\u001C é漢"].Array[1, 12].Select(chars => new string(chars)).Where(text => text != "\"\"").Sample(text =>
        {
            var builder = Hl7MessageBuilder.New(Hl7Delimiters.Standard with { Truncation = '#' });
            builder.Set("NTE-3.2.2", text).Message.Text("NTE-3.2.2").ShouldBe(text);
        });
    }

    private static string Message(string text) => $"MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rNTE|1||{text}\r";
}
