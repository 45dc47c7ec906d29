using Hl7.Fhir.Model;
using Task = Hl7.Fhir.Model.Task;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>Who and what takes part in a resource.</summary>
internal static class FhirParts
{
    private static readonly string[] OfARequest = ["performer", "locationReference"];
    private static readonly string[] OfATask = ["owner", "location"];

    /// <summary>The patients of a resource: itself, the participants of an Appointment, the subject of a ServiceRequest, for whom a Task is.</summary>
    public static List<FhirPart> Patients(FhirMessage message, PocoNode root, ISet<string>? needs) => message.Focus switch
    {
        Patient patient => [new(patient, null, IsWhole(patient))],
        Appointment => [.. Participants(root).Where(IsPatient).Select(part => Find(message, Actor(part)!, part, needs))],
        ServiceRequest { Subject: { } subject } when IsPatient(subject, message) => [Find(message, subject, null, needs)],
        Task { For: { } whom } when IsPatient(whom, message) => [Find(message, whom, null, needs)],
        _ => [],
    };

    /// <summary>The Patient of a reference, as far as it is at hand; the rest is needed.</summary>
    public static FhirPart Find(FhirMessage message, ResourceReference reference, PocoNode? participant, ISet<string>? needs)
    {
        var found = reference.Reference is { Length: > 1 } literal
            ? literal[0] == '#' ? Contained(message, literal) : message.Find(literal) as Patient
            : null;
        var address = FhirReference.Address(reference, "Patient");
        if (found is null && address is not null && !message.Knows(address))
            needs?.Add(address);
        found ??= address is null ? null : message.Find(address) as Patient;
        return found is null ? new(Named(reference), participant, IsWhole: false) : new(found, participant, IsWhole(found));
    }

    /// <summary>References to the actors of an Appointment, by type; of a request, to its performers.</summary>
    public static ILookup<string, PocoNode> Actors(PocoNode root) => References(root)
        .Select(node => (Type: TypeOf((ResourceReference)node.Poco, root), Node: node))
        .Where(actor => actor.Type is not null).ToLookup(actor => actor.Type!, actor => actor.Node, StringComparer.Ordinal);

    /// <summary>How long an Appointment takes from its start to its end.</summary>
    public static IEnumerable<PocoNode> Minutes(PocoNode root) =>
        root.Poco is Appointment visit && FhirTimes.InstantOf(visit.StartElement) is { } start && FhirTimes.InstantOf(visit.EndElement) is { } end && end > start
            ? [PocoNode.ForAnyPrimitive((int)(end - start).TotalMinutes)]
            : [];

    private static IEnumerable<PocoNode> References(PocoNode root) => root.Poco switch
    {
        Appointment => Participants(root).SelectMany(part => part.Child("actor") ?? Enumerable.Empty<PocoNode>()),
        ServiceRequest => OfARequest.SelectMany(name => root.Child(name) ?? Enumerable.Empty<PocoNode>()),
        Task => OfATask.SelectMany(name => root.Child(name) ?? Enumerable.Empty<PocoNode>()),
        _ => [],
    };

    private static IEnumerable<PocoNode> Participants(PocoNode root) => root.Child("participant") ?? Enumerable.Empty<PocoNode>();

    private static ResourceReference? Actor(PocoNode participant) => (participant.Poco as Appointment.ParticipantComponent)?.Actor;

    private static bool IsPatient(PocoNode participant) =>
        Actor(participant) is { } actor && TypeOf(actor, participant.Parent) == "Patient";

    private static bool IsPatient(ResourceReference reference, FhirMessage message) =>
        (FhirReference.TypeOf(reference) ?? (reference.Reference is { Length: > 1 } literal ? message.Find(literal)?.TypeName : null) ?? "Patient") == "Patient";

    private static string? TypeOf(ResourceReference reference, PocoNode? root) => reference.Reference is ['#', ..] contained
        ? (root?.Poco as DomainResource)?.Contained.Find(resource => resource.Id == contained[1..])?.TypeName
        : FhirReference.TypeOf(reference);

    private static Patient? Contained(FhirMessage message, string literal) =>
        (message.Focus as DomainResource)?.Contained.Find(resource => resource.Id == literal[1..]) as Patient;

    private static Patient Named(ResourceReference reference)
    {
        var patient = new Patient();
        if (reference.Reference is { Length: > 0 } literal && FhirReference.Id(literal) is { Length: > 0 } id)
            patient.Id = id;
        if (reference.Identifier is { } identifier)
            patient.Identifier.Add(identifier);
        return patient;
    }

    private static bool IsWhole(Patient patient) => patient.Meta?.Tag.Exists(tag => tag.Code == "SUBSETTED") != true;
}
