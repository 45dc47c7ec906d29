using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Fhir;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>A visit as we have kept it last.</summary>
/// <param name="RowId">The message that spoke of it last.</param>
internal sealed record KnownVisit(long RowId, string ControlId, string? PatientKey, string? AppointmentKey, byte[] Raw)
{
    /// <summary>What the server calls it, such as <c>Appointment/12</c>; null when that is not known any more.</summary>
    public string? Reference { get; } = ReferenceOf(ControlId) ?? (Raw.Length > 0 && FhirMessage.TryRead(Raw, out _) is { ResourceType: "Appointment", Id.Length: > 0 } resource ? resource.Reference : null);

    /// <summary>A version's name begins with the resource's.</summary>
    public static string? ReferenceOf(string version) => version.Split('/') is ["Appointment", { Length: > 0 } id, ..] ? $"Appointment/{id}" : null;
}

/// <summary>What a server has no more tells nothing itself: the row says in its place that the visit was entered in error.</summary>
internal static class GoneVisit
{
    /// <summary>The last that is known of the visit, with another status and time; null when that would name another visit.</summary>
    /// <param name="at">When the server said so, by its clock.</param>
    public static InboxMessage? Of(Feed feed, KnownVisit visit, Instant at, Instant now)
    {
        if (Read(Ended(feed, visit, at)) is not { } resource)
            return null;
        var row = FhirIntake.Resource(feed, resource, now);
        if (row.AppointmentKey != visit.AppointmentKey || row.PatientKey != visit.PatientKey)
            return null;
        // Said again of the same version, it is no news.
        row.ControlId = string.Create(CultureInfo.InvariantCulture, $"{visit.Reference}/gone@{visit.RowId}");
        row.BodyHash = BodyHash.Of(Encoding.UTF8.GetBytes(row.ControlId));
        row.Note = "gone";
        return row;
    }

    private static FhirMessage? Read(byte[] json) => FhirMessage.TryRead(json, out _);

    private static byte[] Ended(Feed feed, KnownVisit visit, Instant at)
    {
        var root = visit.Raw.Length > 0 ? JsonNode.Parse(visit.Raw) as JsonObject : null;
        var focus = root?["resourceType"]?.GetValue<string>() == "Bundle" ? root["entry"]?[0]?["resource"] as JsonObject : root;
        if (focus is null)
            root = focus = Bare(visit);
        var last = FhirMessage.TryRead(Encoding.UTF8.GetBytes(focus.ToJsonString()), out _)?.LastUpdated;
        focus["status"] = feed.Mapper.File.EventNames.Contains("Appointment/entered-in-error", StringComparer.Ordinal) ? "entered-in-error" : "cancelled";
        focus["meta"] = new JsonObject { ["lastUpdated"] = InstantPattern.ExtendedIso.Format(last is { } known && known > at ? known : at) };
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    /// <summary>Its bytes are not kept any more; who and which it is, is.</summary>
    private static JsonObject Bare(KnownVisit visit) => new()
    {
        ["resourceType"] = "Appointment",
        ["id"] = visit.Reference!.Split('/')[1],
        ["participant"] = new JsonArray(new JsonObject { ["actor"] = new JsonObject { ["reference"] = $"Patient/{visit.PatientKey}" }, ["status"] = "accepted" }),
    };
}
