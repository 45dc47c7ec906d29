using System.Text;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Operations;

/// <summary>What each answer of the patient would send back, as far as it differs from the message itself.</summary>
internal static class MapVerbWriteBack
{
    public static void Write(TextWriter output, Mapper mapper, MappingResult result, Hl7Message message)
    {
        if (mapper.WriteBack is not { } template || result.Events.OfType<AppointmentChanged>().FirstOrDefault() is not { } visit)
            return;
        output.WriteLine();
        output.WriteLine("Write-back:");
        foreach (var verb in Enum.GetValues<WriteBackVerb>())
        {
            if (!template.Supports(verb))
                output.WriteLine($"  {verb}: not supported");
            else if (mapper.TryWriteBack(Request(verb, visit, message), out var sent, out var problem))
                Write(output, verb, Segments(sent), Segments(message.Raw.ToArray()));
            else
                output.WriteLine($"  {verb}: {problem}");
        }
    }

    /// <summary>The requests that a FHIR server would get, if it had the visit as it is here.</summary>
    public static void Write(TextWriter output, IReadOnlyList<(WriteBackVerb Verb, string? Request, string? Why)> answers)
    {
        if (answers.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("Write-back, after the appointment was read like this:");
        foreach (var (verb, request, why) in answers)
        {
            output.WriteLine(request is null ? $"  {verb}: {(why == "not-supported" ? "not supported" : why)}" : $"  {verb}:");
            foreach (var line in request?.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n') ?? [])
                output.WriteLine($"    {line}".TrimEnd());
        }
    }

    private static void Write(TextWriter output, WriteBackVerb verb, string[] sent, string[] received)
    {
        output.WriteLine($"  {verb}:");
        foreach (var segment in sent.Except(received))
            output.WriteLine($"    {segment}");
    }

    private static WriteBackRequest Request(WriteBackVerb verb, AppointmentChanged visit, Hl7Message message) => new()
    {
        Verb = verb,
        AppointmentId = visit.Appointment.Id,
        PatientId = visit.Patient.Id,
        ControlId = "DRYRUN",
        Now = Hl7Timestamp.TryParse(message.SentAt, out var sent) && !sent.IsAbsent ? sent.Local : new(2000, 1, 1, 0, 0),
        LastMessage = message.Raw,
    };

    private static string[] Segments(byte[] message) => Encoding.UTF8.GetString(message).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
