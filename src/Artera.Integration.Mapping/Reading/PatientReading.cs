namespace Artera.Integration.Mapping.Reading;

/// <summary>What a message says of a patient.</summary>
internal static class PatientReading
{
    public static PatientFacts Read(FieldReader reader, RuleSet rules)
    {
        var lenient = reader.Lenient;
        reader.Lenient = false;
        var id = reader.Required(rules[MappingFields.PatientId], MappingFields.PatientId);
        reader.Lenient = lenient;

        // What stops messages is never held back for another value that cannot be read.
        var deceased = reader.First<bool>(rules[MappingFields.Deceased], Takes.Flag);
        var doNotContact = reader.First<bool>(rules[MappingFields.DoNotContact], Takes.Flag);
        var noTexts = reader.First<bool>(rules[MappingFields.NoTexts], Takes.Flag);
        var noEmails = reader.First<bool>(rules[MappingFields.NoEmails], Takes.Flag);
        var noCalls = reader.First<bool>(rules[MappingFields.NoCalls], Takes.Flag);
        reader.Lenient = lenient || Stops(deceased) || Stops(doNotContact) || Stops(noTexts) || Stops(noEmails) || Stops(noCalls);
        var facts = new PatientFacts
        {
            Id = id,
            Given = reader.First<string>(rules[MappingFields.Given], Takes.Text),
            Family = reader.First<string>(rules[MappingFields.Family], Takes.Text),
            Preferred = reader.First<string>(rules[MappingFields.Preferred], Takes.Text),
            Born = reader.First<NodaTime.LocalDate>(rules[MappingFields.Born], Takes.Date),
            Sex = reader.First<Sex>(rules[MappingFields.Sex], Takes.Sex),
            Language = reader.First<string>(rules[MappingFields.Language], ContactTakes.Language),
            Deceased = deceased,
            Cell = reader.First<string>(rules[MappingFields.Cell], ContactTakes.Phone),
            Home = reader.First<string>(rules[MappingFields.Home], ContactTakes.Phone),
            Work = reader.First<string>(rules[MappingFields.Work], ContactTakes.Phone),
            Email = reader.First<string>(rules[MappingFields.Email], ContactTakes.Email),
            DoNotContact = doNotContact,
            NoTexts = noTexts,
            NoEmails = noEmails,
            NoCalls = noCalls,
            PreferredMedium = reader.First<string>(rules[MappingFields.Medium], Takes.Medium),
        };
        reader.Lenient = lenient;
        return facts;
    }

    private static bool Stops(in Stated<bool> flag) => flag.HasValue && flag.Value;
}
