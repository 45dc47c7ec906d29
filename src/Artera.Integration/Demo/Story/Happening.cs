using System.Text.Json.Nodes;
using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>One thing that happens in the fortnight.</summary>
internal abstract record Happening(Instant At);

/// <summary>The EMR sends a message.</summary>
/// <param name="Acknowledged">The MSA-1 that it must get.</param>
/// <param name="Visit">The visit that it is about, for the EMR's own book.</param>
internal sealed record EmrSends(Instant At, byte[] Message, string Acknowledged, SimulatedVisit? Visit = null) : Happening(At);

/// <summary>The FHIR server has new resources.</summary>
/// <param name="Tells">The one that its subscriber is told of; null: the notification gets lost.</param>
internal sealed record FhirPuts(Instant At, IReadOnlyList<string> Resources, string? Tells) : Happening(At);

/// <summary>A resource of the FHIR server is changed, and its subscriber is told.</summary>
internal sealed record FhirEdits(Instant At, string Reference, Action<JsonNode> Change) : Happening(At);

/// <summary>A resource of the FHIR server is deleted. Nobody is told.</summary>
internal sealed record FhirDeletes(Instant At, string Reference) : Happening(At);

/// <summary>The FHIR server says that its Subscription lives.</summary>
internal sealed record FhirBeats(Instant At) : Happening(At);

/// <summary>A patient texts a line.</summary>
internal sealed record PatientTexts(Instant At, string From, string To, string Text) : Happening(At);
