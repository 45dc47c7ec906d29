using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Demo;

/// <summary>A message that the simulator got from the server.</summary>
public sealed record ReceivedAnswer
{
    private const string Request = "SRM^";

    public required byte[] Raw { get; init; }

    public required string ControlId { get; init; }

    /// <summary>MSH-9: <c>SIU^S14</c>.</summary>
    public required string Event { get; init; }

    /// <summary>SCH-2, else SCH-1; of a request ARQ-2, else ARQ-1.</summary>
    public required string AppointmentId { get; init; }

    /// <summary>SCH-25.</summary>
    public required string Status { get; init; }

    /// <summary>How it was acknowledged.</summary>
    public required SimulatedAnswer How { get; init; }

    /// <summary>The control id was seen before.</summary>
    public required bool IsResend { get; init; }

    /// <summary>Why it is not well-formed; null when it is.</summary>
    public string? Problem { get; init; }

    internal static ReceivedAnswer Read(byte[] raw, SimulatedAnswer how, Func<string, bool> isResend)
    {
        var message = Hl7Message.TryRead(raw, out var problem);
        var names = message?.Event.StartsWith(Request, StringComparison.Ordinal) == true ? "ARQ" : "SCH";
        var id = Field(message, names, 2) is { Length: > 0 } filler ? filler : Field(message, names, 1);
        return new ReceivedAnswer
        {
            Raw = raw,
            ControlId = message?.ControlId ?? "",
            Event = message?.Event ?? "",
            AppointmentId = id,
            Status = Field(message, "SCH", 25),
            How = how,
            IsResend = isResend(message?.ControlId ?? ""),
            Problem = problem?.Text
                ?? (message!.ControlId.Length == 0 ? "MSH-10 is empty"
                    : id.Length == 0 ? "no visit is named"
                    : Field(message, "PID", 3).Length == 0 ? "PID-3 is empty"
                    : null),
        };
    }

    internal byte[] Acknowledgement()
    {
        var (code, error) = (Problem, How) switch
        {
            ({ }, _) => ("AR", "ERR|||207|E"),
            (_, SimulatedAnswer.Error) => ("AE", "ERR|||207|E"),
            (_, SimulatedAnswer.Reject) => ("AR", "ERR||SCH^1^2|204|E"),
            _ => ("AA", null),
        };
        var id = How == SimulatedAnswer.WrongId ? $"X{ControlId}" : ControlId;
        var type = Event.StartsWith(Request, StringComparison.Ordinal) ? $"SRR^{Event[Request.Length..]}^SRR_S01" : "ACK";
        return Encoding.ASCII.GetBytes(
            $"MSH|^~\\&|SIMEMR|RIVERSIDE|ARTERA|ARTERA|||{type}|K{ControlId}|P|2.5.1\rMSA|{code}|{id}\r{(error is null ? "" : error + "\r")}");
    }

    private static string Field(Hl7Message? message, string segmentName, int number)
    {
        if (message is null)
            return "";
        foreach (var segment in message.Segments)
        {
            if (segment.Name == segmentName)
                return segment.Field(number).Text;
        }

        return "";
    }
}
