using System.Globalization;

namespace Artera.Integration.Operations.Load;

/// <summary>The messages of a load, about 1.5 KB each, with marks where the numbers go.</summary>
internal sealed class LoadTexts(string run, string location)
{
    public const string ControlIdMark = "#########";
    public const string AppointmentMark = "@@@@@@@@@";
    public const string PatientMark = "%%%%%%%%%";
    public const string PhoneMark = "55501!!";

    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public string Book => Text(Visit("S12", "BOOKED", run, location, Time(now), Time(now.AddDays(30)), Time(now.AddDays(30).AddMinutes(30))));

    public string Move => Text(Visit("S13", "BOOKED", run, location, Time(now), Time(now.AddDays(33)), Time(now.AddDays(33).AddMinutes(30))));

    public string Cancel => Text(Visit("S15", "CANCELLED", run, location, Time(now), Time(now.AddDays(30)), Time(now.AddDays(30).AddMinutes(30))));

    /// <summary>The patient has a home phone, which visits do not mention.</summary>
    public string Update => Text(
    [
        $@"MSH|^~\&|REGISTRATION|NORTHSIDE|ARTERA|INTEGRATION|{Time(now)}||ADT^A08^ADT_A01|{run}{ControlIdMark}|P|2.5.1|||||USA|UNICODE UTF-8|en^English",
        $"EVN|A08|{Time(now)}|||REG01^Desk^Front^^^^^^REGISTRATION",
        .. Patient($"^PRN^PH^^1^202^{PhoneMark}~"),
        "",
    ]);

    private static string Time(DateTimeOffset at) => at.ToString("yyyyMMddHHmmss'+0000'", CultureInfo.InvariantCulture);

    private static string Text(IEnumerable<string> segments) => string.Join('\r', segments);

    private static string[] Visit(string trigger, string status, string run, string location, string sent, string start, string end) =>
    [
        $@"MSH|^~\&|SCHEDULING|NORTHSIDE|ARTERA|INTEGRATION|{sent}||SIU^{trigger}^SIU_S12|{run}{ControlIdMark}|P|2.5.1|||||USA|UNICODE UTF-8|en^English",
        $"SCH|{run}{AppointmentMark}^SCHEDULING|{run}{AppointmentMark}^SCHEDULING|||1^^^RECALL|ROUTINE^Routine appointment^HL70276|CHECKUP^Annual check-up"
            + $"|FOLLOWUP^Follow-up visit^LOCAL|30|min^minutes^UCUM|^^30^{start}^{end}||||"
            + $"SCHED01^Desk^Front^^^^^^SCHEDULING|^WPN^PH^^1^202^5550100|NORTHSIDE^Northside Clinic|||SCHED01^Desk^Front^^^^^^SCHEDULING|||||{status}^{status}^HL70278",
        "NTE|1|P|Please arrive fifteen minutes early and bring a list of the medicines that you take at present.",
        .. Patient(home: ""),
        $"PV1|1|O|{location}^ROOM 3^^NORTHSIDE^^^^^Northside Clinic||||PROV1^Sample^Sam^^^^MD^^NORTHSIDE|||GEN||||||||V{PatientMark}^^^NORTHSIDE^VN",
        "DG1|1||Z00.00^Encounter for general adult medical examination^I10C||20261026|A",
        "RGS|1|A|GROUP1",
        $"AIS|1|A|FOLLOWUP^Follow-up visit^LOCAL|{start}|0|min|30|min|NO^No substitution^HL70279|BOOKED^Booked^HL70278",
        $"AIP|1|A|PROV1^Sample^Sam^^^^MD^^NORTHSIDE|ATTENDING^Attending^LOCAL|GENERAL|{start}|0|min|30|min|NO|BOOKED^Booked^HL70278",
        $"AIL|1|A|{location}^ROOM 3^^NORTHSIDE^^^^^Northside Clinic|CLINIC^Clinic^LOCAL||{start}|0|min|30|min|NO|BOOKED^Booked^HL70278",
        "",
    ];

    private static string[] Patient(string home) =>
    [
        $"PID|1||{PatientMark}^^^NORTHSIDE^MR~9{PatientMark}^^^SCHEDULING^PI||ZTest^Load{PatientMark}^Sample^^Ms^^L~ZTest^Lo^^^^^D||19740215|F||2106-3^White^CDCREC"
            + $"|100 Example Street^Suite 2^Springfield^IL^62701^USA^H||{home}^PRS^CP^^1^202^5550102~^NET^Internet^load@example.org"
            + "|^WPN^PH^^1^202^5550103|en^English^ISO639|M^Married^HL70002|CHR^Christian^HL70006|7{0}^^^NORTHSIDE^AN|||||2186-5^Not Hispanic^CDCREC".Replace("{0}", PatientMark, StringComparison.Ordinal),
        "PD1||||PROV2^Example^Pat^^^^MD^^NORTHSIDE",
    ];
}
