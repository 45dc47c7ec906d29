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
        var answers = Of(mapper, resource, context);
        if (answers.Count == 0)
            return "";
        var yaml = new StringBuilder("writeback:\n");
        foreach (var (verb, request, why) in answers)
        {
            yaml.Append("  ").Append(Kebab.Of(verb.ToString())).Append(':');
            if (request is not null)
                Block(yaml, request);
            else
                yaml.Append(' ').Append(why).Append('\n');
        }

        return yaml.ToString();
    }

    /// <summary>Each answer with its request, or with the code of why there is none.</summary>
    /// <param name="mapper">The compiled mapping.</param>
    /// <param name="resource">The appointment, as the server has it.</param>
    /// <param name="context">What the feed lends.</param>
    /// <returns>Empty when nothing goes back about this resource.</returns>
    public static IReadOnlyList<(WriteBackVerb Verb, string? Request, string? Why)> Of(Mapper mapper, FhirMessage resource, MappingContext context)
    {
        if (mapper.File.FhirWriteBack is not { } template || resource.Status is not ("booked" or "pending")
            || mapper.Map(resource, context).Events is not [AppointmentChanged visit, ..] || FhirVisitNow.Of(resource) is not { } now)
            return [];
        return [.. Enum.GetValues<WriteBackVerb>().Select(verb => Answer(mapper, template, verb, visit, now))];
    }

    private static (WriteBackVerb Verb, string? Request, string? Why) Answer(Mapper mapper, FhirWriteBackTemplate template, WriteBackVerb verb, AppointmentChanged visit, FhirVisitNow now)
    {
        if (!template.Supports(verb))
            return (verb, null, "not-supported");
        return mapper.TryWriteBack(Request(verb, visit), now, out var message, out var problem)
            ? (verb, Encoding.UTF8.GetString(message.ToBytes()), null)
            : (verb, null, problem.Code);
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
