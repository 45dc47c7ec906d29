using System.Text;

namespace Artera.Integration.Benchmarks;

/// <summary>A booking of about 1.5 KB and the 25 places that a mapping reads from it.</summary>
internal static class Visit
{
    public static readonly byte[] Bytes = Encoding.UTF8.GetBytes(string.Join('\r',
        @"MSH|^~\&|SCHEDULING^2.16.840.1.5^ISO|GENERAL HOSPITAL^2.16.840.1.6^ISO|ARTERA^^|HUB^^|20260302101500.123-0600||SIU^S12^SIU_S12|MSG00000012345|P|2.5.1|||AL|NE||UNICODE UTF-8",
        "SCH|P10077^PLACER^2.16.840.1.7^ISO|F10077^FILLER^2.16.840.1.8^ISO|||||ROUTINE^Routine appointment^HL70276|FOLLOWUP^Follow up visit^L|30|MIN^Minutes|1^^30^20260310090000-0600^20260310093000-0600|||||1234567890^Testdoctor^Tess^A^^Dr^MD|^WPN^PH^^^555^5550100|||||1234567890^Testdoctor^Tess|||Booked^Booked^HL70278",
        "NTE|1|P|Please bring your insurance card \\T\\ a list of your medicines.",
        "PID|1||100200300^^^HOSP&2.16.840.1.9&ISO^MR~900-00-0001^^^USSSA^SS~EPI7788^^^EPIC^PI||Example^Patience^Q^^Ms^^L||19800229|F|||12 Sample Street^Apt 3^Springfield^IL^62701^USA^H||(555)555-0101^PRN^PH^^^555^5550101~5555550102^PRN^CP^^^555^5550102~^NET^Internet^patience@example.org|(555)555-0103^WPN^PH|spa^Spanish^ISO639|M|CHR|8877665544^^^HOSP^AN||||||||||||N",
        "PD1|||GENERAL PRACTICE^^10001|2233445566^Family^Fred^^^Dr^MD",
        "PV1|1|O|EYE^R1^^GENERAL HOSPITAL^^^^MAIN^2|R|||1234567890^Testdoctor^Tess^A^^Dr^MD|||OPH||||1|||1234567890^Testdoctor^Tess^A^^Dr^MD|OP|VN556677^^^HOSP^VN",
        "OBX|1|CE|LANG^Preferred language^L||spa^Spanish^ISO639||||||F",
        "RGS|1|A|EYE CLINIC^Eye clinic^L",
        "AIS|1|A|FU30^Follow up 30 minutes^L|20260310090000-0600|0|MIN|30|MIN^Minutes||Booked",
        "AIG|1|A|SLIT1^Slit lamp 1^L|DEVICE^Device^L|||||20260310090000-0600",
        "AIL|1|A|EYE^R1^^GENERAL HOSPITAL^^^^MAIN^2^Eye clinic, room 1|CLINIC^Clinic^L||20260310090000-0600|0|MIN|30|MIN",
        "AIP|1|A|1234567890^Testdoctor^Tess^A^^Dr^MD|ATTENDING^Attending^L||20260310090000-0600|0|MIN|30|MIN",
        string.Empty));

    public static readonly string[] Paths =
    [
        "MSH-9.1", "MSH-9.2", "MSH-10", "MSH-7", "SCH-1.1", "SCH-2.1", "SCH-8.1", "SCH-9", "SCH-11.4", "SCH-25.1", "NTE-3", "PID-3(5=MR).1", "PID-5.1", "PID-5.2",
        "PID-7", "PID-8", "PID-13(3=CP).1", "PID-13(3=PH).1", "PID-13(3=Internet).4", "PID-15.1", "PID-30", "PV1-19.1", "AIS-3.1", "AIL-3.1", "AIP-3.1",
    ];
}
