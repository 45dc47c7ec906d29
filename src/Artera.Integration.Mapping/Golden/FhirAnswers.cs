using System.Text;
using Artera.Integration.Mapping.Fhir;
using NodaTime;

namespace Artera.Integration.Mapping.Golden;

/// <summary>What each answer of a booked visit's patient would send to the FHIR server.</summary>
public static class FhirAnswers
{
    /// <summary>Writes the requests, as they would be kept and sent.</summary>
    /// <param name="mapper">The compiled mapping.</param>
    /// <param name="resource">The appointment, as the server has it.</param>
    /// <param name="context">What the feed lends.</param>
    /// <returns>YAML with LF line ends; empty when nothing goes back about this resource.</returns>
    public static string Write(Mapper mapper, FhirMessage resource, MappingContext context)
    {
        if (mapper.File.FhirWriteBack is not { } template || resource.Status is not ("booked" or "pending")
            || mapper.Map(resource, context).Events is not [AppointmentChanged visit, ..] || FhirVisitNow.Of(resource) is not { } now)
            return "";
        var yaml = new StringBuilder("writeback:\n");
        foreach (var verb in Enum.GetValues<WriteBackVerb>())
        {
            yaml.Append("  ").Append(Kebab.Of(verb.ToString())).Append(':');
            if (!template.Supports(verb))
                yaml.Append(" not-supported\n");
            else if (mapper.TryWriteBack(Request(verb, visit), now, out var message, out var problem))
                Block(yaml, Encoding.UTF8.GetString(message.ToBytes()));
            else
                yaml.Append(' ').Append(problem.Code).Append('\n');
        }

        return yaml.ToString();
    }

    private static void Block(StringBuilder yaml, string text)
    {
        yaml.Append(" |\n");
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            yaml.Append(line.Length == 0 ? "" : "    ").Append(line).Append('\n');
    }

    private static FhirWriteBackRequest Request(WriteBackVerb verb, AppointmentChanged visit) => new()
    {
        Verb = verb,
        AppointmentId = visit.Appointment.Id,
        PatientId = visit.Patient.Id,
        ControlId = "DRYRUN",
        Now = Instant.FromUtc(2000, 1, 1, 0, 0),
    };
}
