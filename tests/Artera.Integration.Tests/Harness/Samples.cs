namespace Artera.Integration.Tests.Harness;

/// <summary>Small synthetic messages.</summary>
public static class Samples
{
    public static string Siu(
        string controlId,
        string appointment = "A1",
        string time = "20261026090000",
        string accept = "",
        string application = "",
        string processing = "P",
        string facility = "NORTH",
        string trigger = "S12",
        string patient = "P1") =>
        $"MSH|^~\\&|EMR|{facility}|ARTERA|HUB|{time}||SIU^{trigger}^SIU_S12|{controlId}|{processing}|2.5.1|||{accept}|{application}\r"
        + $"SCH||{appointment}||||||FOLLOWUP^Follow-up visit|30|min|^^^20261102100000||||||||||||||BOOKED\r"
        + $"PID|1||{patient}^^^MRN^MRN||ZTest^Ada||19700101|F|||||^PRS^CP^^^202^5550101\r"
        + "RGS|1\rAIL|1||CLINIC1^Room 1\rAIP|1||PROV1^Sample^Sam\r";

    public static string[] Fields(string message, string segment) =>
        message.Split('\r').First(line => line.StartsWith(segment, StringComparison.Ordinal)).Split('|');

    /// <summary>MSA-1 of an acknowledgement.</summary>
    public static string Code(string ack) => Fields(ack, "MSA")[1];

    /// <summary>MSA-2 of an acknowledgement.</summary>
    public static string Answers(string ack) => Fields(ack, "MSA")[2];
}
