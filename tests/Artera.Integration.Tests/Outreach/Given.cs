using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using NodaTime;
using NodaTime.Text;
using Period = NodaTime.Period;

namespace Artera.Integration.Tests.Outreach;

/// <summary>Rows for rules that need no database. Times are local times of New York unless said.</summary>
internal static class Given
{
    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    public static Trigger Trigger(string send, long id = 1, QuietMode quiet = QuietMode.Adjust, params TriggerFilter[] only)
    {
        var trigger = new Trigger
        {
            HealthSystemId = 1,
            Name = send,
            Timing = TimingWords.Read(send),
            Quiet = quiet,
            Filters = new TriggerFilters { Include = [.. only] },
            Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = "Hello on {eventDateAtTime}" } }],
        };
        return trigger.WithId(id);
    }

    public static Practice Practice(string zone = "America/New_York") => new() { HealthSystemId = 1, Name = "Maple Clinic", TimeZone = zone };

    public static PracticeCalendar Calendar(string zone = "America/New_York", params Holiday[] holidays) => new(Practice(zone), holidays);

    public static Holiday Holiday(string date, bool yearly = false, bool ofPractice = false, bool openAnyway = false) => new()
    {
        HealthSystemId = 1,
        PracticeId = ofPractice ? 0 : null,
        Name = "closed",
        Date = LocalDatePattern.Iso.Parse(date).Value,
        Yearly = yearly,
        OpenAnyway = openAnyway,
    };

    public static Patient Patient(string? cell = "+12025550101") => new Patient { Emr = "main", ExternalId = "1", Given = "ANA" }.With(ContactTag.Cell, cell);

    public static Patient With(this Patient patient, ContactTag tag, string? address, bool landline = false)
    {
        if (address is not null)
            patient.ContactPoints.Add(new ContactPoint { Tag = tag, Address = address, Landline = landline });
        return patient;
    }

    public static Appointment Appointment(string start, string booked = "2026-10-01 12:00") => new()
    {
        Emr = "main",
        ExternalId = "A1",
        Feed = "main",
        PatientId = 1,
        PracticeId = 1,
        StartsAt = At(start),
        BookedAt = At(booked),
        SystemStatusAt = At(booked),
    };

    /// <summary>A local time <c>yyyy-MM-dd HH:mm</c>.</summary>
    public static Instant At(string local, DateTimeZone? zone = null) =>
        LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm").Parse(local).Value.InZoneLeniently(zone ?? NewYork).ToInstant();

    public static string Local(Instant instant, DateTimeZone? zone = null) =>
        instant.InZone(zone ?? NewYork).LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static Verdict? Decide(Trigger trigger, Appointment appointment, string now, Patient? patient = null, PracticeCalendar? calendar = null) =>
        Planner.Decide(trigger, new Visit(appointment), patient ?? Patient(), calendar ?? Calendar(), QuietHours.Default, _ => true, At(now));

    public static T WithId<T>(this T row, long id)
        where T : class
    {
        typeof(T).GetProperty("Id")!.SetValue(row, id);
        return row;
    }
}
