using Artera.Integration.Delivery;
using Artera.Integration.Patients;

namespace Artera.Integration.Outreach;

/// <summary>By which medium and at which address a patient gets a trigger's message.</summary>
/// <param name="Address">Null when there is no way; then <paramref name="Reason"/> says why.</param>
internal readonly record struct Reach(Medium Medium, string? Address, string? Reason = null)
{
    private static readonly ContactTag[] Landlines = [ContactTag.Home, ContactTag.Work];
    private static readonly ContactTag[] Phones = [ContactTag.Cell, ContactTag.Home, ContactTag.Work];

    /// <summary>The patient's preferred medium if the trigger has a text for it and the address is usable; else a
    /// text to the cell phone, else a call to a landline, else an e-mail.</summary>
    /// <param name="serves">Whether messages of a medium can leave at all.</param>
    /// <param name="optedOut">Numbers that have opted out of the line.</param>
    public static Reach For(Trigger trigger, Patient patient, Predicate<Medium> serves, IReadOnlySet<string> optedOut)
    {
        var preferred = Preferred(patient);
        foreach (var medium in (ReadOnlySpan<Medium>)[preferred ?? Medium.Sms, Medium.Sms, Medium.Voice, Medium.Email])
        {
            if (trigger.Text(medium) is not null && serves(medium) && !Refused(medium, patient) && Usable(medium, patient, optedOut, preferred) is { } address)
                return new(medium, address);
        }

        var blocked = optedOut.Count > 0 && patient.ContactPoints.Exists(point => optedOut.Contains(point.Address));
        return new(Medium.Sms, null, blocked ? Reasons.OptedOut : RefusedAny(trigger, patient, serves) ? Reasons.OptedOutInEmr : Reasons.NoContact);
    }

    /// <summary>Opted out of the medium in the EMR, whatever the address.</summary>
    public static bool Refused(Medium medium, Patient patient) => medium switch
    {
        Medium.Sms => patient.NoTexts,
        Medium.Voice => patient.NoCalls,
        _ => patient.NoEmails,
    };

    private static bool RefusedAny(Trigger trigger, Patient patient, Predicate<Medium> serves) =>
        trigger.Texts.Exists(text => serves(text.Medium) && Refused(text.Medium, patient));

    private static string? Usable(Medium medium, Patient patient, IReadOnlySet<string> optedOut, Medium? preferred) => medium switch
    {
        Medium.Sms => First(patient, [ContactTag.Cell], optedOut, point => !point.Landline),
        Medium.Voice when preferred == Medium.Voice => First(patient, Phones, optedOut, _ => true),
        Medium.Voice => First(patient, Phones, optedOut, point => point.Landline || Landlines.Contains(point.Tag)),
        _ => First(patient, [ContactTag.Email], optedOut, point => !point.Landline),
    };

    private static string? First(Patient patient, ReadOnlySpan<ContactTag> tags, IReadOnlySet<string> optedOut, Predicate<ContactPoint> fits)
    {
        foreach (var tag in tags)
        {
            if (patient.ContactPoints.Find(point => point.Tag == tag && fits(point) && !optedOut.Contains(point.Address)) is { } point)
                return point.Address;
        }

        return null;
    }

    private static Medium? Preferred(Patient patient) =>
        Enum.TryParse<Medium>(patient.PreferredMedium, ignoreCase: true, out var medium) ? medium : null;
}
