using PhoneNumbers;

namespace Artera.Integration.Patients;

/// <summary>Brings a phone number as people and EMRs write it to E.164.</summary>
public static class PhoneNumber
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>E.164 and whether the numbering plan says that it cannot be a mobile; null when it is no phone number.</summary>
    /// <param name="text">The number as written, with or without punctuation, country code or extension.</param>
    /// <param name="region">ISO 3166 region of numbers without a country code, such as <c>US</c>.</param>
    public static (string E164, bool Landline)? Read(string text, string region)
    {
        try
        {
            var number = Numbers.Parse(text, region);
            if (!Numbers.IsValidNumber(number))
                return null;
            return (Numbers.Format(number, PhoneNumberFormat.E164), Numbers.GetNumberType(number) == PhoneNumberType.FIXED_LINE);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>An E.164 number as people read it aloud; the text itself when it is none.</summary>
    public static string Readable(string e164)
    {
        try
        {
            var number = Numbers.Parse(e164, null);
            return Numbers.Format(number, number.CountryCode == 1 ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }
}
