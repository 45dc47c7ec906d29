using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_lines_end_in_many_ways
{
    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\r")]
    [InlineData("\r\r\n")]
    [InlineData("\r\n\r\n")]
    public void The_segments_are_the_same(string end) =>
        Names(Sample.Read(Sample.Booking.Replace("\r", end, StringComparison.Ordinal))).ShouldBe("MSH SCH PID PV1 RGS AIS AIG AIG AIL AIP");

    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_last_one_may_end_in_any_way(string end) =>
        Sample.Read(Sample.Booking.TrimEnd('\r') + end).Text("AIP-3.3").ShouldBe("Tess");

    [Fact]
    public void A_lone_line_feed_in_a_field_is_data()
    {
        var message = Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\rNTE|1||one\ntwo\rPID|1||7\r");
        Names(message).ShouldBe("MSH NTE PID");
        message.Text("NTE-3").ShouldBe("one\ntwo");
    }

    [Fact]
    public void A_lone_line_feed_is_data_beside_pairs_too()
    {
        var message = Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\r\nNTE|1||one\nUSA|two\r\nPID|1||7\r\n");
        Names(message).ShouldBe("MSH NTE PID");
        message.Text("NTE-3").ShouldBe("one\nUSA");
    }

    [Fact]
    public void A_carriage_return_ends_a_segment_even_among_line_feeds() =>
        Names(Sample.Read("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4\nEVN|A08\rPID|1\n")).ShouldBe("MSH EVN PID");

    [Fact]
    public void Segments_of_the_site_and_odd_lines_are_kept()
    {
        var message = Sample.Read(Sample.Lines("MSH|^~\\&|A|B|||||ADT^A08|1|P|2.4", "ZPX|1|special", "PID", "nonsense", "P", "Z_1|x"));
        Names(message).ShouldBe("MSH ZPX PID nonsense P Z_1");
        message.Text("ZPX-2").ShouldBe("special");
        message.Text("Z_1-1").ShouldBe("x");
        message.Text("PID-3").ShouldBeEmpty();
    }

    private static string Names(Hl7Message message)
    {
        List<string> names = [];
        foreach (var segment in message.Segments) names.Add(segment.Name);
        return string.Join(' ', names);
    }
}
