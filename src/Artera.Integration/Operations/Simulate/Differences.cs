using Artera.Integration.Mapping;

namespace Artera.Integration.Operations.Simulate;

/// <summary>What one reading of a message says otherwise than another: as if a second message said only that.</summary>
internal static class Differences
{
    public static AppointmentFacts Between(AppointmentFacts was, AppointmentFacts now) => new()
    {
        Id = now.Id,
        Start = Of(was.Start, now.Start),
        Minutes = Of(was.Minutes, now.Minutes),
        Type = Of(was.Type, now.Type),
        Provider = Of(was.Provider, now.Provider),
        Location = Of(was.Location, now.Location),
        Device = Of(was.Device, now.Device),
        General = Of(was.General, now.General),
        Series = Of(was.Series, now.Series),
    };

    public static PatientFacts Between(PatientFacts was, PatientFacts now) => new()
    {
        Id = now.Id,
        Given = Of(was.Given, now.Given),
        Family = Of(was.Family, now.Family),
        Preferred = Of(was.Preferred, now.Preferred),
        Born = Of(was.Born, now.Born),
        Sex = Of(was.Sex, now.Sex),
        Language = Of(was.Language, now.Language),
        Deceased = Of(was.Deceased, now.Deceased),
        DoNotContact = Of(was.DoNotContact, now.DoNotContact),
        NoTexts = Of(was.NoTexts, now.NoTexts),
        NoEmails = Of(was.NoEmails, now.NoEmails),
        NoCalls = Of(was.NoCalls, now.NoCalls),
        PreferredMedium = Of(was.PreferredMedium, now.PreferredMedium),
        Cell = Of(was.Cell, now.Cell),
        Home = Of(was.Home, now.Home),
        Work = Of(was.Work, now.Work),
        Email = Of(was.Email, now.Email),
    };

    private static Stated<T> Of<T>(Stated<T> was, Stated<T> now) => was == now ? Stated<T>.Nothing : now.IsNothing ? Stated<T>.Erased : now;
}
