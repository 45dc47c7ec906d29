using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Artera.Integration.Operations.Load;

/// <summary>
/// Bookings as a scheduling system sends them, about 1.5 KB, synthetic: every message another appointment with a control
/// id that no earlier run has used.
/// </summary>
internal sealed class LoadMessages
{
    private const int Digits = 9;
    private const string ControlIdMark = "#########";
    private const string AppointmentMark = "@@@@@@@@@";
    private const string PatientMark = "%%%%%%%%%";

    private readonly int patients;
    private readonly byte[] template;
    private readonly int[] numberAt;
    private readonly int[] patientAt;

    public LoadMessages(int patients, string location)
    {
        this.patients = Math.Max(1, patients);
        template = Encoding.ASCII.GetBytes(Text(Convert.ToHexString(RandomNumberGenerator.GetBytes(4)), location));
        numberAt = [.. Places(ControlIdMark), .. Places(AppointmentMark)];
        patientAt = [.. Places(PatientMark)];
    }

    /// <summary>The message with this number; numbers give the same message only within one run.</summary>
    public byte[] Message(int number)
    {
        var message = template.AsSpan().ToArray();
        foreach (var at in numberAt)
            Write(message.AsSpan(at, Digits), number);
        foreach (var at in patientAt)
            Write(message.AsSpan(at, Digits), number % patients);
        return message;
    }

    private static void Write(Span<byte> place, int number) =>
        number.TryFormat(place, out _, "D9", CultureInfo.InvariantCulture);

    private IEnumerable<int> Places(string mark)
    {
        var bytes = Encoding.ASCII.GetBytes(mark);
        for (var at = template.AsSpan().IndexOf(bytes); at >= 0;)
        {
            yield return at;
            var next = template.AsSpan(at + 1).IndexOf(bytes);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private static string Text(string run, string location)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (sent, start, end) = (Time(now), Time(now.AddDays(30)), Time(now.AddDays(30).AddMinutes(30)));
        return string.Join('\r', Lines(run, location, sent, start, end));
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyyMMddHHmmss'+0000'", CultureInfo.InvariantCulture);

    private static string[] Lines(string run, string location, string sent, string start, string end) =>
    [
        $@"MSH|^~\&|SCHEDULING|NORTHSIDE|ARTERA|INTEGRATION|{sent}||SIU^S12^SIU_S12|{run}{ControlIdMark}|P|2.5.1|||||USA|UNICODE UTF-8|en^English",
        $"SCH|{run}{AppointmentMark}^SCHEDULING|{run}{AppointmentMark}^SCHEDULING|||1^^^RECALL|ROUTINE^Routine appointment^HL70276|CHECKUP^Annual check-up"
            + $"|FOLLOWUP^Follow-up visit^LOCAL|30|min^minutes^UCUM|^^30^{start}^{end}||||"
            + "SCHED01^Desk^Front^^^^^^SCHEDULING|^WPN^PH^^1^202^5550100|NORTHSIDE^Northside Clinic|||SCHED01^Desk^Front^^^^^^SCHEDULING|||||BOOKED^Booked^HL70278",
        "NTE|1|P|Please arrive fifteen minutes early and bring a list of the medicines that you take at present.",
        $"PID|1||{PatientMark}^^^NORTHSIDE^MR~9{PatientMark}^^^SCHEDULING^PI||ZTest^Load{PatientMark}^Sample^^Ms^^L~ZTest^Lo^^^^^D||19740215|F||2106-3^White^CDCREC"
            + "|100 Example Street^Suite 2^Springfield^IL^62701^USA^H||^PRN^PH^^1^202^5550101~^PRS^CP^^1^202^5550102~^NET^Internet^load@example.org"
            + "|^WPN^PH^^1^202^5550103|en^English^ISO639|M^Married^HL70002|CHR^Christian^HL70006|7{0}^^^NORTHSIDE^AN|||||2186-5^Not Hispanic^CDCREC".Replace("{0}", PatientMark, StringComparison.Ordinal),
        "PD1||||PROV2^Example^Pat^^^^MD^^NORTHSIDE",
        $"PV1|1|O|{location}^ROOM 3^^NORTHSIDE^^^^^Northside Clinic||||PROV1^Sample^Sam^^^^MD^^NORTHSIDE|||GEN||||||||V{PatientMark}^^^NORTHSIDE^VN",
        "DG1|1||Z00.00^Encounter for general adult medical examination^I10C||20261026|A",
        "RGS|1|A|GROUP1",
        $"AIS|1|A|FOLLOWUP^Follow-up visit^LOCAL|{start}|0|min|30|min|NO^No substitution^HL70279|BOOKED^Booked^HL70278",
        $"AIP|1|A|PROV1^Sample^Sam^^^^MD^^NORTHSIDE|ATTENDING^Attending^LOCAL|GENERAL|{start}|0|min|30|min|NO|BOOKED^Booked^HL70278",
        $"AIL|1|A|{location}^ROOM 3^^NORTHSIDE^^^^^Northside Clinic|CLINIC^Clinic^LOCAL||{start}|0|min|30|min|NO|BOOKED^Booked^HL70278",
        "",
    ];
}
