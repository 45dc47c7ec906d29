using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Demo.Fhir;

/// <summary>The simulator's patients and visits as a FHIR server has them.</summary>
internal static class SimulatedResources
{
    public static string Patient(SimulatedPatient patient) => new JsonObject
    {
        ["resourceType"] = "Patient",
        ["id"] = patient.Id,
        ["active"] = true,
        ["name"] = new JsonArray(new JsonObject { ["use"] = "official", ["family"] = patient.Family, ["given"] = new JsonArray(patient.Given) }),
        ["gender"] = patient.Sex == "F" ? "female" : "male",
        ["birthDate"] = LocalDatePattern.Iso.Format(patient.Born),
        ["telecom"] = new JsonArray(
            new JsonObject { ["system"] = "phone", ["use"] = "mobile", ["value"] = patient.Cell },
            new JsonObject { ["system"] = "email", ["value"] = patient.Email }),
        ["communication"] = new JsonArray(new JsonObject { ["language"] = Concept("urn:ietf:bcp:47", LanguageOf(patient)), ["preferred"] = true }),
    }.ToJsonString();

    public static string Appointment(SimulatedVisit visit, DateTimeZone zone)
    {
        var start = zone.AtLeniently(visit.Start).ToOffsetDateTime();
        return new JsonObject
        {
            ["resourceType"] = "Appointment",
            ["id"] = visit.Id,
            ["status"] = "booked",
            ["appointmentType"] = Concept("https://example.org/visits", visit.Type),
            ["start"] = Time(start),
            ["end"] = Time(start.PlusMinutes(visit.Minutes)),
            ["participant"] = new JsonArray(
                Part($"Patient/{visit.Patient.Id}", "needs-action"), Part($"Practitioner/{visit.Provider}", "accepted"), Part($"Location/{visit.Location}", "accepted")),
        }.ToJsonString();
    }

    public static string Location(string id, string name) =>
        new JsonObject { ["resourceType"] = "Location", ["id"] = id, ["name"] = name }.ToJsonString();

    public static string Practitioner(string id, string family, string given) => new JsonObject
    {
        ["resourceType"] = "Practitioner",
        ["id"] = id,
        ["name"] = new JsonArray(new JsonObject { ["family"] = family, ["given"] = new JsonArray(given), ["prefix"] = new JsonArray("Dr.") }),
    }.ToJsonString();

    public static string Time(OffsetDateTime at) => OffsetDateTimePattern.Rfc3339.Format(at);

    private static string LanguageOf(SimulatedPatient patient) => patient.Language switch { "spa" => "es", "ara" => "ar", _ => "en" };

    private static JsonObject Concept(string system, string code) =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    private static JsonObject Part(string reference, string status) =>
        new() { ["actor"] = new JsonObject { ["reference"] = reference }, ["status"] = status };
}
