using Artera.Integration.Mapping;
using NodaTime;

namespace Artera.Integration.Patients;

/// <summary>Lays what a message states over what is known: absent keeps, <c>""</c> removes, a value replaces.</summary>
internal static class StatedPatient
{
    /// <returns>True when a contact point is another one than before.</returns>
    public static bool Take(this Patient patient, PatientFacts facts, string region)
    {
        patient.Given = facts.Given.Over(patient.Given);
        patient.Family = facts.Family.Over(patient.Family);
        patient.Preferred = facts.Preferred.Over(patient.Preferred);
        patient.Born = facts.Born.Select<LocalDate?>(born => born).Over(patient.Born);
        patient.Sex = facts.Sex.Over(patient.Sex);
        patient.Language = facts.Language.Over(patient.Language);
        patient.Deceased = facts.Deceased.Over(patient.Deceased);
        patient.DoNotContact = facts.DoNotContact.Over(patient.DoNotContact);
        patient.NoTexts = facts.NoTexts.Over(patient.NoTexts);
        patient.NoEmails = facts.NoEmails.Over(patient.NoEmails);
        patient.NoCalls = facts.NoCalls.Over(patient.NoCalls);
        patient.PreferredMedium = facts.PreferredMedium.Over(patient.PreferredMedium);

        return patient.TakePhone(ContactTag.Cell, facts.Cell, region)
            | patient.TakePhone(ContactTag.Home, facts.Home, region)
            | patient.TakePhone(ContactTag.Work, facts.Work, region)
            | patient.TakeAddress(ContactTag.Email, facts.Email.Select(text => (text.Trim(), false)));
    }

    /// <summary>After a merge: what nobody has said of the survivor is as it was said of the other; the stricter consent holds.</summary>
    public static void TakeOver(this Patient survivor, Patient losing)
    {
        survivor.Given ??= losing.Given;
        survivor.Family ??= losing.Family;
        survivor.Preferred ??= losing.Preferred;
        survivor.Born ??= losing.Born;
        survivor.Sex = survivor.Sex == Sex.Unknown ? losing.Sex : survivor.Sex;
        survivor.Language ??= losing.Language;
        survivor.PreferredMedium ??= losing.PreferredMedium;
        survivor.Deceased |= losing.Deceased;
        survivor.DoNotContact |= losing.DoNotContact;
        survivor.NoTexts |= losing.NoTexts;
        survivor.NoEmails |= losing.NoEmails;
        survivor.NoCalls |= losing.NoCalls;
    }

    /// <summary>A number that cannot be dialled replaces a former one all the same: that one is no longer the patient's.</summary>
    private static bool TakePhone(this Patient patient, ContactTag tag, Stated<string> stated, string region)
    {
        if (!stated.HasValue)
            return patient.TakeAddress(tag, stated.Select(_ => ("", false)));
        return PhoneNumber.Read(stated.Value, region) is { } number
            ? patient.TakeAddress(tag, (number.E164, number.Landline))
            : patient.TakeAddress(tag, Stated<(string, bool)>.Erased);
    }

    private static bool TakeAddress(this Patient patient, ContactTag tag, Stated<(string Address, bool Landline)> stated)
    {
        if (stated.IsNothing)
            return false;

        var known = patient.ContactPoints.Find(point => point.Tag == tag);
        if (stated.IsErased || stated.Value.Address.Length == 0)
            return known is not null && patient.ContactPoints.Remove(known);

        var (address, landline) = stated.Value;
        if (known is null)
        {
            patient.ContactPoints.Add(new ContactPoint { Tag = tag, Address = address, Landline = landline });
            return true;
        }

        if (string.Equals(known.Address, address, StringComparison.Ordinal))
            return false;
        known.Address = address;
        known.Landline = landline;
        return true;
    }
}
