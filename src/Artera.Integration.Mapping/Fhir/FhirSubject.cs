using Artera.Integration.Mapping.Reading;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>One patient of a resource: rules of the patient are read from the Patient, the others from the resource itself.</summary>
internal sealed class FhirSubject
{
    private static readonly string[] OwnParts = ["actor", "required"];
    private static readonly string[] OthersParts = ["status", "required"];

    private readonly FhirMessage message;
    private readonly PocoNode patient;
    private readonly FhirEvaluationContext onPatient;
    private readonly FhirEvaluationContext onResource;
    private readonly ISet<string>? needs;
    private readonly NodaTime.Instant? asOf;

    /// <param name="message">The resource and what is at hand.</param>
    /// <param name="root">The resource.</param>
    /// <param name="who">The patient and the part the patient has in it.</param>
    /// <param name="asOf">The time by which contact points are still good.</param>
    /// <param name="needs">Filled with the references that were followed and are not at hand; null when nobody wants to know.</param>
    public FhirSubject(FhirMessage message, PocoNode root, FhirPart who, NodaTime.Instant? asOf, ISet<string>? needs)
    {
        (this.message, this.needs, this.asOf) = (message, needs, asOf);
        Root = root;
        patient = ReferenceEquals(who.Patient, root.Poco) ? root : PocoNode.Root(who.Patient, null);
        onPatient = Context(patient);
        onResource = Context(root);
        var actors = FhirParts.Actors(root);
        onResource.Environment["participant"] = who.Participant is null ? [] : [who.Participant];
        onResource.Environment["location"] = actors["Location"];
        onResource.Environment["practitioner"] = actors["Practitioner"].Concat(actors["PractitionerRole"]).ToList();
        onResource.Environment["device"] = actors["Device"];
        onResource.Environment["service"] = actors["HealthcareService"];
        onResource.Environment["minutes"] = FhirParts.Minutes(root);
        foreach (var (name, nodes) in onResource.Environment)
            onPatient.Environment[name] = nodes;
    }

    public PocoNode Root { get; }

    /// <summary>Filled with every primitive element that an expression looked at; null when nobody wants to know.</summary>
    public HashSet<string>? Seen { get; init; }

    /// <summary>What the engine itself has looked at: who takes part, and from when to when.</summary>
    public void LookAtParts()
    {
        foreach (var participant in Root.Child("participant") ?? Enumerable.Empty<PocoNode>())
        {
            var own = ((IEnumerable<PocoNode>)onResource.Environment["participant"]).Any(part => ReferenceEquals(part.Poco, participant.Poco));
            foreach (var name in own ? OwnParts : OthersParts)
                Look(participant.Child(name)?.FirstOrDefault());
        }

        Look(Root.Child("end")?.FirstOrDefault());
    }

    /// <summary>The values of a source in their order; what cannot be evaluated has one that cannot be read.</summary>
    public IEnumerable<FhirValue> Values(MappingField field, CompiledSource source)
    {
        var isPatients = field.Section is "patient" or "contact";
        if (source.Expression!.Evaluate(isPatients ? patient : Root, isPatients ? onPatient : onResource, Seen) is not { } nodes)
            return [FhirValue.Unreadable];
        var named = source.NamedExpression is { } words ? Name(words) : null;
        var values = FhirValues.Of(nodes, field, source, this);
        return named is null ? values : values.Select(value => value with { Name = named });
    }

    /// <summary>The texts of a skip rule's path.</summary>
    public IEnumerable<string> Texts(FhirExpression expression) =>
        (expression.Evaluate(Root, onResource, Seen) ?? []).SelectMany(node => FhirValues.Plain(node, this)).Select(value => value.Text);

    public bool IsOver(Period? period) => FhirTimes.IsOver(period, asOf);

    /// <summary>What was looked at without an expression.</summary>
    public void Look(PocoNode? node)
    {
        if (Seen is null || node is null)
            return;
        foreach (var part in node.DescendantsAndSelf().Where(part => part.Poco is PrimitiveType))
            Seen.Add(part.GetLocation());
    }

    /// <summary>The resource that a reference names, if it is contained or at hand; it is not asked for.</summary>
    public Resource? Find(ResourceReference reference)
    {
        if (reference.Reference is not { Length: > 0 } literal)
            return null;
        return literal.StartsWith('#')
            ? (message.Focus as DomainResource)?.Contained.Find(contained => contained.Id == literal[1..])
            : message.Find(literal);
    }

    private string? Name(FhirExpression words)
    {
        var texts = (words.Evaluate(Root, onResource, Seen) ?? []).SelectMany(node => FhirValues.Plain(node, this));
        return texts.Select(value => value.Name ?? value.Text).FirstOrDefault(text => text.Length > 0);
    }

    private FhirEvaluationContext Context(PocoNode root) => new()
    {
        Resource = root,
        RootResource = root,
        Environment = new Dictionary<string, IEnumerable<PocoNode>>(StringComparer.Ordinal),
        ElementResolver = Resolve,
    };

    private PocoNode? Resolve(string reference)
    {
        if (message.Find(reference) is { } known)
            return PocoNode.Root(known, null);
        if (needs is not null && !message.Knows(reference) && !reference.StartsWith('#') && !reference.StartsWith("urn:", StringComparison.Ordinal))
            needs.Add(FhirReference.Plain(reference));
        return null;
    }
}
