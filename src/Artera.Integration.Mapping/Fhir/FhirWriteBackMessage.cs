using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>
/// Builds one request from the appointment as it was read, and only about the appointment and the patient that are meant.
/// Nothing is sent that the appointment says already.
/// </summary>
internal sealed class FhirWriteBackMessage(Mapper mapper, FhirWriteBackRequest request, FhirVisitNow visit)
{
    /// <summary>The system of our own identifiers, on an AppointmentResponse.</summary>
    private const string Ours = "urn:artera:write-back";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FhirWriteBackTemplate? template = mapper.File.FhirWriteBack;

    public bool TryBuild([NotNullWhen(true)] out FhirStatement? message, [NotNullWhen(false)] out Cause? problem)
    {
        message = null;
        problem = null;
        if (template is null || !template.Answers.TryGetValue(request.Verb, out var answer))
        {
            problem = new("not-supported", $"writeback.{Kebab.Of(request.Verb.ToString())}");
            return false;
        }

        var text = new FhirWriteBackText(template, request, visit);
        if (mapper.Keys(visit.Message).AppointmentId != FhirWriteBackText.EmrsOwnId(request))
            problem = new("other-appointment", MappingFields.AppointmentId.Name);
        else if (Patients().Count > 1 && request.Verb == WriteBackVerb.Cancel && answer.EndsTheVisit)
            problem = new("group-visit");
        else if (answer.Form == FhirWriteBackForm.Call && text.Lacks(answer.Address!) is { } missing)
            problem = new("missing", missing);
        else if (answer.Form == FhirWriteBackForm.Call)
            message = Call(answer, text);
        else if (OwnPart() is { } part)
            message = answer.Form == FhirWriteBackForm.Response ? Response(answer, text, part) : Change(answer, text, part);
        else
            problem = new("other-patient", MappingFields.PatientId.Name);
        if (message is null)
            problem ??= new("already-said");
        return message is not null;
    }

    /// <summary>The place of the patient among the participants; null when it cannot be told.</summary>
    private int? OwnPart()
    {
        var patients = Patients();
        // Whom the appointment named then, it must name now; where that is not known, one among several is told by the id.
        if (request.Actor is { } known)
            patients.RemoveAll(each => KeyOf(each.Part) != known);
        else if (patients.Count > 1)
            patients.RemoveAll(each => FhirReference.Id(Actor(each.Part, "reference") ?? "") != request.PatientId);
        return patients is [var one] ? one.Index : null;
    }

    private static string? KeyOf(JsonElement part)
    {
        var identifier = FhirJson.Property(part, "actor") is { } actor ? FhirJson.Property(actor, "identifier") : null;
        return FhirReference.Key(
            Actor(part, "reference"), identifier is { } system ? FhirJson.Text(system, "system") : null, identifier is { } value ? FhirJson.Text(value, "value") : null);
    }

    private List<(JsonElement Part, int Index)> Patients() =>
        [.. visit.Participants().Select((part, i) => (Part: part, Index: i)).Where(each => IsPatient(each.Part))];

    private bool IsPatient(JsonElement part)
    {
        if (Actor(part, "type") is { } type)
            return type == "Patient";
        return Actor(part, "reference") is { } reference && (reference.StartsWith('#')
            ? (visit.Message.Focus as DomainResource)?.Contained.Find(resource => resource.Id == reference[1..]) is Patient
            : FhirReference.Local(reference).StartsWith("Patient/", StringComparison.Ordinal));
    }

    private static string? Actor(JsonElement part, string name) => FhirJson.Property(part, "actor") is { } actor ? FhirJson.Text(actor, name) : null;

    private static FhirStatement Call(FhirWriteBackAnswer answer, FhirWriteBackText text)
    {
        var form = answer.Sets.Select(set => $"{Uri.EscapeDataString(set.Written)}={Uri.EscapeDataString(text.Fill(set.Json).GetValue<string>())}");
        var body = Encoding.UTF8.GetBytes(string.Join('&', form));
        return new(answer.Method!, text.FillAddress(answer.Address!)) { ContentType = body.Length == 0 ? null : "application/x-www-form-urlencoded", Body = body };
    }

    private FhirStatement Response(FhirWriteBackAnswer answer, FhirWriteBackText text, int part)
    {
        var response = new JsonObject
        {
            ["resourceType"] = "AppointmentResponse",
            ["identifier"] = new JsonArray(new JsonObject { ["system"] = Ours, ["value"] = request.ControlId }),
            ["appointment"] = new JsonObject { ["reference"] = $"Appointment/{visit.Message.Id}" },
            ["actor"] = FhirJson.Property(visit.Participants()[part], "actor") is { } actor ? JsonNode.Parse(actor.GetRawText()) : null,
            ["participantStatus"] = request.Verb switch { WriteBackVerb.Confirm => "accepted", WriteBackVerb.Cancel => "declined", _ => "tentative" },
        };
        if (answer.Note is { } note)
            response["comment"] = text.Fill(note);
        var json = Bytes(response);
        foreach (var set in answer.Sets)
            json = JsonSplice.Set(json, [.. set.Path], Bytes(text.Fill(set.Json)));
        var known = $"identifier={Uri.EscapeDataString(Ours)}%7C{Uri.EscapeDataString(request.ControlId)}";
        return new("POST", "AppointmentResponse") { IfNoneExist = known, SaidBefore = $"AppointmentResponse?{known}", ContentType = "application/fhir+json", Body = json };
    }

    private FhirStatement? Change(FhirWriteBackAnswer answer, FhirWriteBackText text, int part)
    {
        var changes = answer.Sets.Select(set => (Path: Path(set.Path, part), Value: text.Fill(set.Json))).Concat(Comment(answer, text))
            .Where(change => !Says(change.Path, change.Value)).ToList();
        if (changes.Count == 0)
            return null;
        var address = $"Appointment/{visit.Message.Id}";
        if (answer.Form == FhirWriteBackForm.Patch)
            return new("PATCH", address) { IfMatch = visit.Tag, ContentType = "application/json-patch+json", Body = Bytes(Patch(changes, part)) };
        var json = visit.Json.ToArray();
        foreach (var (path, value) in changes)
            json = JsonSplice.Set(json, path, Bytes(value));
        return new("PUT", address) { IfMatch = visit.Tag, ContentType = "application/fhir+json", Body = json };
    }

    private IEnumerable<(object[] Path, JsonNode Value)> Comment(FhirWriteBackAnswer answer, FhirWriteBackText text)
    {
        if (answer.Note is not { } note)
            yield break;
        var (words, before) = (text.Fill(note), Value(["comment"])?.GetValue<string>() ?? "");
        if (!before.Contains(words, StringComparison.Ordinal))
            yield return (["comment"], JsonValue.Create(before.Length == 0 ? words : $"{before}\n{words}"));
    }

    /// <summary>A server without versions tests in the patch itself that it is still the visit and the patient that were read.</summary>
    private JsonArray Patch(IReadOnlyList<(object[] Path, JsonNode Value)> changes, int part)
    {
        var patch = new JsonArray();
        object[][] tested = visit.Tag is null ? [["status"], ["start"], ["participant", part, "actor"]] : [];
        foreach (var path in tested)
        {
            if (Value(path) is { } known)
                patch.Add((JsonNode)new JsonObject { ["op"] = "test", ["path"] = Pointer(path), ["value"] = known });
        }

        foreach (var (path, value) in changes)
        {
            var place = JsonSplice.Find(visit.Json.Span, path)!.Value;
            var (target, given) = place.IsThere ? (path, value) : (path[..(place.Missing + 1)], JsonNode.Parse(JsonSplice.Wrapped(path.AsSpan(place.Missing + 1), Bytes(value))));
            patch.Add((JsonNode)new JsonObject { ["op"] = place.IsThere ? "replace" : "add", ["path"] = Pointer(target), ["value"] = given });
        }

        return patch;
    }

    private static object[] Path(IReadOnlyList<string> path, int part) =>
        path[0] == FhirWriteBackSet.OfTheParticipant ? ["participant", part, .. path.Skip(1)] : [.. path];

    private static string Pointer(IEnumerable<object> path) => string.Concat(path.Select(step => $"/{step}"));

    private bool Says(object[] path, JsonNode value) => JsonNode.DeepEquals(Value(path), value);

    private JsonNode? Value(object[] path) =>
        JsonSplice.Find(visit.Json.Span, path) is { IsThere: true } place ? JsonNode.Parse(visit.Json.Span[place.Start..place.End]) : null;

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString(Plain));
}
