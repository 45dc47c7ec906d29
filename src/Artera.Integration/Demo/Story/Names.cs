using System.Globalization;

namespace Artera.Integration.Demo.Story;

/// <summary>The starting triggers by name.</summary>
internal static class Names
{
    public const string Booking = "Booked";
    public const string Confirmed = "Confirmed by the patient";
    public const string Cancelled = "Cancelled by the patient";
    public const string ReminderOfConfirmed = "Reminder, 1 day before";
    public const string ThankYou = "Thank you";
    public const string Survey = "Survey";
    public const string NoShow = "Missed appointment";

    public static string Question(int days) => string.Create(
        CultureInfo.InvariantCulture, $"Confirmation, {days} {(days == 1 ? "day" : "days")} before");
}
