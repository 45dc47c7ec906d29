using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Demo;

/// <summary>
/// Believable messages of an EMR that does not exist. Each takes the control id and the EMR's local time, so that a
/// resend, a late version and a duplicate can be made on purpose.
/// </summary>
/// <param name="dialect">How this EMR writes.</param>
/// <param name="facility">MSH-4.</param>
public sealed class SimulatedMessages(SimulatedDialect dialect = SimulatedDialect.Generic, string facility = "RIVERSIDE")
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMddHHmmss");

    private bool IsEpic => dialect == SimulatedDialect.Epic;

    /// <summary>ADT^A04.</summary>
    public byte[] Registered(SimulatedPatient patient, string controlId, LocalDateTime now) =>
        Message("ADT^A04", "ADT_A01", controlId, now, Evn("A04", now), Pid(patient), "PV1|1|O|CLINIC");

    /// <summary>ADT^A08.</summary>
    public byte[] Updated(SimulatedPatient patient, string controlId, LocalDateTime now) =>
        Message("ADT^A08", "ADT_A01", controlId, now, Evn("A08", now), Pid(patient), "PV1|1|O|CLINIC");

    /// <summary>ADT^A40: <paramref name="losingId"/> was the same person as <paramref name="survivor"/>.</summary>
    public byte[] Merged(SimulatedPatient survivor, string losingId, string controlId, LocalDateTime now) =>
        Message("ADT^A40", "ADT_A39", controlId, now, Evn("A40", now), Pid(survivor), $"MRG|{Id(losingId)}");

    /// <summary>SIU^S12.</summary>
    public byte[] Booked(SimulatedVisit visit, string controlId, LocalDateTime now) => Scheduling("S12", visit, controlId, now);

    /// <summary>SIU^S13.</summary>
    public byte[] Rescheduled(SimulatedVisit visit, string controlId, LocalDateTime now) => Scheduling("S13", visit, controlId, now);

    /// <summary>SIU^S14.</summary>
    public byte[] Modified(SimulatedVisit visit, string controlId, LocalDateTime now) => Scheduling("S14", visit, controlId, now);

    /// <summary>SIU^S15.</summary>
    public byte[] Cancelled(SimulatedVisit visit, string controlId, LocalDateTime now) => Scheduling("S15", visit, controlId, now);

    /// <summary>SIU^S26.</summary>
    public byte[] NoShow(SimulatedVisit visit, string controlId, LocalDateTime now) => Scheduling("S26", visit, controlId, now);

    private byte[] Scheduling(string trigger, SimulatedVisit visit, string controlId, LocalDateTime now)
    {
        var start = Time.Format(visit.Start);
        var minutes = visit.Minutes.ToString(CultureInfo.InvariantCulture);
        var end = Time.Format(visit.Start.PlusMinutes(visit.Minutes));
        var sch = new Segment("SCH")
        {
            [1] = IsEpic ? "" : visit.Id,
            [2] = visit.Id,
            [6] = visit.CancelReason ?? "",
            [7] = "ROUTINE",
            [8] = $"{visit.Type}^{Escape(visit.TypeText)}",
            [9] = minutes,
            [10] = "MIN",
            [11] = $"^^{minutes}^{start}^{end}",
            [16] = $"{visit.Provider}^{visit.ProviderName}",
            [20] = IsEpic ? "SCHED" : "",
            [25] = visit.Status,
        };
        return Message(
            $"SIU^{trigger}", "SIU_S12", controlId, now,
            sch.ToString(),
            Pid(visit.Patient),
            $"PV1|1|O|{visit.Location}||||{visit.Provider}^{visit.ProviderName}||||||||||||{visit.Id}",
            "RGS|1|A",
            $"AIS|1|A|{visit.Type}^{Escape(visit.TypeText)}|{start}",
            $"AIL|1|A|{visit.Location}",
            $"AIP|1|A|{visit.Provider}^{visit.ProviderName}");
    }

    private string Pid(SimulatedPatient patient) => new Segment("PID")
    {
        [1] = "1",
        [3] = Id(patient.Id),
        [5] = $"{Escape(patient.Family)}^{Escape(patient.Given)}^^^^^L",
        [7] = LocalDatePattern.CreateWithInvariantCulture("yyyyMMdd").Format(patient.Born),
        [8] = patient.Sex,
        [11] = "1 Sample Street^^Sampletown^NY^10001",
        [13] = string.Join('~', Phones(patient)),
        [15] = patient.Language,
        [30] = patient.Died ? "Y" : "",
    }.ToString();

    private IEnumerable<string> Phones(SimulatedPatient patient)
    {
        if (patient.Cell is { } cell)
            yield return Phone(cell, "PRS", "CP");
        if (patient.Home is { } home)
            yield return Phone(home, "PRN", "PH");
        if (patient.Email is { } email)
            yield return $"^NET^Internet^{email}";
    }

    private string Phone(string digits, string use, string equipment) => IsEpic
        ? $"({digits[..3]}){digits[3..6]}-{digits[6..]}^{use}^{equipment}"
        : $"^{use}^{equipment}^^1^{digits[..3]}^{digits[3..]}";

    private string Id(string patientId) => $"{patientId}^^^{facility}^{(IsEpic ? "MRN" : "MR")}";

    private static string Evn(string trigger, LocalDateTime now) => $"EVN|{trigger}|{Time.Format(now)}";

    private static string Escape(string text) => text
        .Replace("\\", "\\E\\", StringComparison.Ordinal).Replace("|", "\\F\\", StringComparison.Ordinal)
        .Replace("^", "\\S\\", StringComparison.Ordinal).Replace("&", "\\T\\", StringComparison.Ordinal).Replace("~", "\\R\\", StringComparison.Ordinal);

    private byte[] Message(string type, string structure, string controlId, LocalDateTime now, params ReadOnlySpan<string> segments)
    {
        var header = IsEpic
            ? $"MSH|^~\\&|EPIC|{facility}|ARTERA|ARTERA|{Time.Format(now)}||{type}|{controlId}|P|2.3||||||UNICODE UTF-8"
            : $"MSH|^~\\&|SIMEMR|{facility}|ARTERA|ARTERA|{Time.Format(now)}||{type}^{structure}|{controlId}|P|2.5.1||||||UNICODE UTF-8";
        return Encoding.UTF8.GetBytes($"{header}\r{string.Join('\r', segments)}\r");
    }

    private sealed class Segment(string name)
    {
        private readonly SortedDictionary<int, string> fields = [];

        public string this[int number]
        {
            set => fields[number] = value;
        }

        public override string ToString() =>
            name + '|' + string.Join('|', Enumerable.Range(1, fields.Keys.Last()).Select(number => fields.GetValueOrDefault(number, "")));
    }
}

/// <summary>How a simulated EMR writes its messages.</summary>
public enum SimulatedDialect
{
    /// <summary>2.5.1 by the book; <c>mappings/generic</c>.</summary>
    Generic,

    /// <summary>2.3 as Epic's public samples look; <c>mappings/epic</c>.</summary>
    Epic,
}
