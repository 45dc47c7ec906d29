using Artera.Integration.Mapping.Reading;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>
/// A FHIR resource is the whole state, where an HL7 v2 message is news: a telephone number that a Patient does not have
/// any more is taken away. A value that is there and could not be read takes nothing away, and a name is never removed.
/// </summary>
internal static class FhirSnapshot
{
    public static PatientFacts Of(PatientFacts facts, RuleSet rules, List<Cause> causes) => facts with
    {
        Preferred = Whole(facts.Preferred, MappingFields.Preferred, rules, causes),
        Language = Whole(facts.Language, MappingFields.Language, rules, causes),
        Deceased = Whole(facts.Deceased, MappingFields.Deceased, rules, causes),
        DoNotContact = Whole(facts.DoNotContact, MappingFields.DoNotContact, rules, causes),
        PreferredMedium = Whole(facts.PreferredMedium, MappingFields.Medium, rules, causes),
        Cell = Whole(facts.Cell, MappingFields.Cell, rules, causes),
        Home = Whole(facts.Home, MappingFields.Home, rules, causes),
        Work = Whole(facts.Work, MappingFields.Work, rules, causes),
        Email = Whole(facts.Email, MappingFields.Email, rules, causes),
        NoTexts = Whole(facts.NoTexts, MappingFields.NoTexts, rules, causes),
        NoEmails = Whole(facts.NoEmails, MappingFields.NoEmails, rules, causes),
        NoCalls = Whole(facts.NoCalls, MappingFields.NoCalls, rules, causes),
    };

    private static Stated<T> Whole<T>(Stated<T> stated, MappingField field, RuleSet rules, List<Cause> causes) =>
        stated.IsNothing && rules[field] is not null && !causes.Exists(cause => cause.Field == field.Name) ? Stated<T>.Erased : stated;
}
