using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Tests.Hl7;

/// <summary>Synthetic messages and short ways to read them.</summary>
internal static class Sample
{
    public static readonly string Booking = Lines(
        @"MSH|^~\&|SCHED|HOSP^1.2.3^ISO|ARTERA|HUB|20260302101500-0600||SIU^S12^SIU_S12|C0001|P|2.5.1|||AL|NE",
        "SCH|P77^PLACER|F77^FILLER|||||ROUTINE|FOLLOWUP^Follow up visit|30|MIN|^^30^20260310090000^20260310093000|||||1234^Testdoc^Tess|||||||||Booked",
        "PID|1||100200^^^HOSP&1.2.3&ISO^MR~900^^^STATE^SS||Example^Pat^Q||19800229|F|||12 Sample St^^Springfield^IL^62701||"
            + "(555)555-0101^PRN^PH~5555550102^PRN^CP~^NET^Internet^pat@example.org||spa^Spanish^ISO639",
        "PV1|1|O|CLINIC^R1^^HOSP||||1234^Testdoc^Tess",
        "RGS|1|A",
        "AIS|1|A|FU^Follow up|20260310090000|||30|MIN",
        "AIG|1|A|9001^Scale|DEVICE",
        "AIG|2|A|R12^Room 12|ROOM",
        "AIL|1|A|CLINIC^R1^^HOSP",
        "AIP|1|A|1234^Testdoc^Tess");

    public static string Lines(params string[] segments) => string.Concat(segments.Select(segment => segment + "\r"));

    public static Hl7Message Read(string text, Encoding? encoding = null) => Read((encoding ?? Encoding.UTF8).GetBytes(text));

    public static Hl7Message Read(byte[] raw, Encoding? fallback = null)
    {
        var message = Hl7Message.TryRead(raw, out var problem, fallback);
        problem.ShouldBeNull();
        return message.ShouldNotBeNull();
    }

    public static string Text(this Hl7Message message, string path) => message.Get(Hl7Path.Parse(path)).Text;

    public static string Text(this Hl7Range range, string path) => range.Get(Hl7Path.Parse(path)).Text;
}
