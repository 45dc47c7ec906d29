using System.Text.Json;
using Hl7.Fhir.Model;
using NodaTime.Text;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>
/// One FHIR R4 resource with the resources that it refers to, as far as they are at hand: a resource alone, or a Bundle
/// whose first resource is the one that is meant. What a server really sends is read: unknown elements, codes that no
/// value set has and values of a wrong type stay where they are and hurt nobody else.
/// </summary>
public sealed class FhirMessage
{
    private readonly Dictionary<string, Resource?> atHand = new(StringComparer.Ordinal);

    private FhirMessage(ReadOnlyMemory<byte> raw, Resource focus)
    {
        Raw = raw;
        Focus = focus;
        ResourceType = focus.TypeName;
        Id = focus.Id ?? "";
        Status = FhirStatus.Of(focus);
        VersionId = focus.Meta?.VersionIdElement?.JsonValue is { } version ? $"{version}" : null;
        LastUpdated = FhirTimes.InstantOf(focus.Meta?.LastUpdatedElement);
    }

    /// <summary>The bytes, as received.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Such as <c>Appointment</c>.</summary>
    public string ResourceType { get; }

    /// <summary>The logical id, or empty.</summary>
    public string Id { get; }

    /// <summary>Resource.status; of a Patient <c>active</c>, <c>inactive</c> or <c>replaced</c> (by the patient whom it links to).</summary>
    public string Status { get; }

    /// <summary>What happened, as a mapping's <c>events</c> name it: <c>Appointment/booked</c>.</summary>
    public string Event => $"{ResourceType}/{Status}";

    /// <summary>Such as <c>Appointment/123</c>.</summary>
    public string Reference => $"{ResourceType}/{Id}";

    /// <summary>meta.versionId, or null.</summary>
    public string? VersionId { get; }

    /// <summary>meta.lastUpdated, or null.</summary>
    public NodaTime.Instant? LastUpdated { get; }

    /// <summary>A name of this version of the resource, for telling it from others; empty when the server does not version.</summary>
    public string Version => VersionId is null && LastUpdated is null
        ? ""
        : $"{Reference}/{VersionId}@{(LastUpdated is { } at ? InstantPattern.ExtendedIso.Format(at) : "")}";

    internal Resource Focus { get; }

    /// <summary>Reads a resource, or a Bundle with a resource and what it refers to.</summary>
    /// <param name="json">FHIR JSON in UTF-8.</param>
    /// <param name="problem">Why it cannot be read, without a value of it; else null.</param>
    /// <returns>Null when there is no resource.</returns>
    public static FhirMessage? TryRead(ReadOnlyMemory<byte> json, out string? problem)
    {
        problem = "this is not a FHIR resource in JSON";
        try
        {
            using var document = JsonDocument.Parse(FhirJson.WithoutMark(json));
            if (FhirJson.TypeOf(document.RootElement) is not { } type)
                return null;
            if (type != "Bundle")
                return FhirJson.Resource(document.RootElement) is { } alone ? Read(json, alone, out problem) : null;
            problem = "the Bundle has no resource in it";
            return OfBundle(json, document.RootElement, ref problem);
        }
        catch (Exception odd) when (FhirJson.IsOdd(odd))
        {
            problem ??= "this cannot be read as FHIR";
            return null;
        }
    }

    /// <summary>True when <paramref name="json"/> begins as JSON does and HL7 v2 does not.</summary>
    /// <param name="json">The beginning of a message.</param>
    public static bool Looks(ReadOnlySpan<byte> json) => FhirJson.WithoutMark(json).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>The resource that a reference names; null when it is not at hand, or known to be nowhere.</summary>
    internal Resource? Find(string reference) => atHand.GetValueOrDefault(FhirReference.Plain(reference)) ?? atHand.GetValueOrDefault(FhirReference.Local(reference));

    /// <summary>True when it was looked for already.</summary>
    internal bool Knows(string reference) => atHand.ContainsKey(FhirReference.Plain(reference)) || atHand.ContainsKey(FhirReference.Local(reference));

    private static FhirMessage Read(ReadOnlyMemory<byte> raw, Resource focus, out string? problem)
    {
        problem = null;
        return new(raw, focus);
    }

    private static FhirMessage? OfBundle(ReadOnlyMemory<byte> raw, JsonElement bundle, ref string? problem)
    {
        FhirMessage? message = null;
        foreach (var entry in FhirJson.Entries(bundle))
        {
            var resource = FhirJson.ResourceOf(entry) is { } json && !FhirJson.IsStatus(json) ? FhirJson.Resource(json) : null;
            if (message is null && resource is not null)
                message = Read(raw, resource, out problem);
            message?.Add(FhirJson.Text(entry, "fullUrl"), resource);
        }

        return message;
    }

    private void Add(string? fullUrl, Resource? resource)
    {
        if (fullUrl is { Length: > 0 })
            atHand.TryAdd(FhirReference.Plain(fullUrl), resource);
        if (resource is { Id.Length: > 0 })
            atHand.TryAdd($"{resource.TypeName}/{resource.Id}", resource);
    }
}
