using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_booking_is_read
{
    private readonly Hl7Message message = Sample.Read(Sample.Booking);

    [Fact]
    public void The_header_says_what_it_is()
    {
        message.MessageType.ShouldBe("SIU");
        message.TriggerEvent.ShouldBe("S12");
        message.Event.ShouldBe("SIU^S12");
        message.ControlId.ShouldBe("C0001");
        message.ProcessingId.ShouldBe("P");
        message.Version.ShouldBe("2.5.1");
        message.SendingApplication.ShouldBe("SCHED");
        message.SendingFacility.ShouldBe("HOSP");
        message.ReceivingApplication.ShouldBe("ARTERA");
        message.ReceivingFacility.ShouldBe("HUB");
        message.SentAt.ShouldBe("20260302101500-0600");
        message.AcceptAckType.ShouldBe("AL");
        message.ApplicationAckType.ShouldBe("NE");
        message.SequenceNumber.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MSH-1", "|")]
    [InlineData("MSH-2", @"^~\&")]
    [InlineData("MSH-4.2", "1.2.3")]
    [InlineData("SCH-2", "F77")]
    [InlineData("SCH-11.4", "20260310090000")]
    [InlineData("SCH-25", "Booked")]
    [InlineData("SCH-25.1", "Booked")]
    [InlineData("SCH-26", "")]
    [InlineData("SCH-99.9.9", "")]
    [InlineData("PID-3", "100200")]
    [InlineData("PID-3.4", "HOSP")]
    [InlineData("PID-3.4.2", "1.2.3")]
    [InlineData("PID-3(5=ss).1", "900")]
    [InlineData("PID-3(4.1=HOSP).1", "100200")]
    [InlineData("PID-3(4=HOSP).1", "100200")]
    [InlineData("PID-3(5=MRN|MR).1", "100200")]
    [InlineData("PID-3(5=MRN).1", "")]
    [InlineData("PID-13(2).1", "5555550102")]
    [InlineData("PID-13(3=CP).1", "5555550102")]
    [InlineData("PID-13(2=PRN)(3=CP).1", "5555550102")]
    [InlineData("PID-13(2=PRN)(2).1", "5555550102")]
    [InlineData("PID-13(3=Internet).4", "pat@example.org")]
    [InlineData("PID-13(3!=PH).1", "5555550102")]
    [InlineData("PID-13(3!=PH)(2!=PRN).4", "pat@example.org")]
    [InlineData("AIG(4!=DEVICE)-3.1", "R12")]
    [InlineData("AIG(2!=D)-3.1", "9001")]
    [InlineData("AIG(2!=A)-3.1", "")]
    [InlineData("AIG-3.2", "Scale")]
    [InlineData("AIG(2)-3.1", "R12")]
    [InlineData("AIG(4=ROOM)-3.1", "R12")]
    [InlineData("AIG(4=ROOM)(2)-3.1", "")]
    [InlineData("ZZZ-1", "")]
    public void A_path_leads_to_its_value(string path, string expected) => message.Text(path).ShouldBe(expected);

    [Fact]
    public void Every_repetition_can_be_looked_at() =>
        Kinds(message.All(Hl7Path.Parse("PID-13"))).ShouldBe(["PH", "CP", "Internet"]);

    [Fact]
    public void Every_segment_can_be_looked_at()
    {
        List<string> rooms = [];
        foreach (var value in message.All(Hl7Path.Parse("AIG-3.1"))) rooms.Add(value.Text);
        rooms.ShouldBe(["9001", "R12"]);
    }

    [Fact]
    public void The_segments_come_in_order()
    {
        List<string> names = [];
        foreach (var segment in message.Segments) names.Add(segment.Name);
        names.ShouldBe(["MSH", "SCH", "PID", "PV1", "RGS", "AIS", "AIG", "AIG", "AIL", "AIP"]);
    }

    [Fact]
    public void Reading_allocates_the_index_and_the_strings()
    {
        var raw = System.Text.Encoding.UTF8.GetBytes(Sample.Booking);
        var path = Hl7Path.Parse("PID-13(3=CP)(2=PRN).1");
        Open(raw, path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = Open(raw, path);
        var opened = GC.GetAllocatedBytesForCurrentThread() - before;
        foreach (var value in found.All(path)) value.HasValue.ShouldBeTrue();
        opened.ShouldBeLessThan(600);

        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 25; i++) found.Get(path);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static Hl7Message Open(byte[] raw, Hl7Path path)
        {
            var opened = Hl7Message.TryRead(raw, out _)!;
            opened.Get(path);
            return opened;
        }
    }

    private static List<string> Kinds(Hl7Values values)
    {
        List<string> kinds = [];
        foreach (var value in values) kinds.Add(value.Component(3).Text);
        return kinds;
    }
}
