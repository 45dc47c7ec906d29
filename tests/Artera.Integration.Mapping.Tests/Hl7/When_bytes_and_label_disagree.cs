using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_bytes_and_label_disagree
{
    [Theory]
    [InlineData("", "utf-8", "Zoë 漢")]
    [InlineData("UNICODE UTF-8", "utf-8", "Zoë 漢")]
    [InlineData("UTF-8", "utf-8", "Zoë")]
    [InlineData("UTF8", "utf-8", "Zoë")]
    [InlineData("FRA", "utf-8", "Zoë")]
    [InlineData("ASCII", "utf-8", "Zoë")]
    [InlineData("", "windows-1252", "Zoë – “x”")]
    [InlineData("UNICODE UTF-8", "windows-1252", "Zoë")]
    [InlineData("NLD", "windows-1252", "Zoë")]
    [InlineData("ASCII", "windows-1252", "Zoë")]
    [InlineData("8859/1", "iso-8859-1", "Zoë")]
    [InlineData("8859/1", "windows-1252", "Zoë – “x”")]
    [InlineData("8859-1", "iso-8859-1", "Zoë")]
    [InlineData("ISO-8859-1", "iso-8859-1", "Zoë")]
    [InlineData("8859/2", "iso-8859-2", "Łódź")]
    [InlineData("8859/3", "iso-8859-3", "Ħal")]
    [InlineData("8859/4", "iso-8859-4", "Ķīlis")]
    [InlineData("8859/5", "iso-8859-5", "Иван")]
    [InlineData("8859/6", "iso-8859-6", "علي")]
    [InlineData("8859/7", "iso-8859-7", "Γιώργος")]
    [InlineData("8859/8", "iso-8859-8", "דוד")]
    [InlineData("8859/9", "iso-8859-9", "Ağa")]
    [InlineData("8859/15", "iso-8859-15", "50 €")]
    [InlineData("GB 18030-2000", "GB18030", "张伟 𠀀")]
    [InlineData("KS X 1001", "ks_c_5601-1987", "김철수")]
    [InlineData("BIG-5", "big5", "許功蓋")]
    [InlineData("8859/1~UNICODE UTF-8", "iso-8859-1", "Zoë")]
    [InlineData("~ISO IR87", "iso-2022-jp", "YAMADA 山田 Tarou")]
    [InlineData("ISO IR14~ISO IR87", "iso-2022-jp", "山田")]
    [InlineData("ISO IR87", "shift_jis", "山田 ｶﾅ")]
    public void The_text_is_still_right(string label, string encoding, string name)
    {
        Hl7Charset.Find(label);
        var raw = Encoding.GetEncoding(encoding).GetBytes(Message(label, name));
        var message = Sample.Read(raw);
        message.Text("PID-5.2").ShouldBe(name);
        message.Text("PID-7").ShouldBe("19800229");
        message.Raw.ToArray().ShouldBe(raw);
    }

    [Fact]
    public void Japanese_supplementary_characters_are_read()
    {
        byte[] raw = [.. Encoding.ASCII.GetBytes(Message("~ISO IR87~ISO IR159", "?").Split('?')[0]), 0x1B, (byte)'$', (byte)'(', (byte)'D', 0x30, 0x21, 0x1B, (byte)'(', (byte)'B', .. "||19800229\r"u8];
        Sample.Read(raw).Text("PID-5.2").ShouldBe("丂");
    }

    [Fact]
    public void A_second_half_that_looks_like_a_delimiter_is_none()
    {
        Hl7Charset.Find("BIG-5");
        var big5 = Encoding.GetEncoding("big5").GetBytes("許功蓋");
        big5.ShouldContain((byte)'\\');
        Sample.Read([.. Encoding.ASCII.GetBytes(Message("BIG-5", "?").Split('?')[0]), .. big5, .. "||19800229\r"u8]).Text("PID-5.2").ShouldBe("許功蓋");
    }

    [Fact]
    public void The_feed_says_what_unlabelled_bytes_are()
    {
        var greek = Hl7Charset.Find("8859/7")!;
        Sample.Read(greek.GetBytes(Message("", "Γιώργος")), greek).Text("PID-5.2").ShouldBe("Γιώργος");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Sixteen_bit_text_is_recognised_with_and_without_a_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        Sample.Read(encoding.GetBytes(Message("UNICODE UTF-16", "漢"))).Text("PID-5.2").ShouldBe("漢");
        Sample.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Message("", "漢"))]).Text("PID-5.2").ShouldBe("漢");
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_message() =>
        Sample.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Message("", "Zoë"))]).Text("PID-5.2").ShouldBe("Zoë");

    private static string Message(string label, string name) => $"MSH|^~\\&|A|B|C|D|||ADT^A08|1|P|2.4||||||{label}\rPID|1||7||Doe^{name}||19800229\r";
}
