using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

/// <summary>
/// The rules of timing and filters, sentence by sentence, to be read beside the product's description. The practice is in New
/// York, open from Monday to Friday, and closed on Thursday 2026-11-26; 2026-11-24 is a Tuesday.
/// </summary>
public sealed class What_the_product_promises
{
    private const string Known = "2026-01-05 12:00";

    [Theory]
    [InlineData("N minutes after booked", "10 minutes after booked", "2026-11-24 15:00", Known, "2026-01-05 12:10")]
    [InlineData("N days before the start, at a clock time", "2 days before start at 10:00", "2026-11-24 15:00", Known, "2026-11-22 10:00")]
    [InlineData("N hours before the start", "3 hours before start", "2026-11-24 15:00", Known, "2026-11-24 12:00")]
    [InlineData("N days after the start, at a clock time", "1 day after start at 10:00", "2026-11-24 15:00", Known, "2026-11-25 10:00")]
    [InlineData("N hours after the start", "2 hours after start", "2026-11-24 15:00", Known, "2026-11-24 17:00")]
    [InlineData("hours are hours, also where the clocks go back", "24 hours before start", "2026-11-01 15:00", Known, "2026-10-31 16:00")]
    [InlineData("at the practice's clock, also where the clocks go back", "1 day before start at 10:00", "2026-11-02 15:00", Known, "2026-11-01 10:00")]
    [InlineData("a timed message whose time has passed is not sent", "7 days before start at 10:00", "2026-11-24 15:00", "2026-11-18 12:00", Reasons.Passed)]
    [InlineData("instant booking covers it", "0 minutes after booked", "2026-11-24 15:00", "2026-11-18 12:00", "2026-11-18 12:00")]
    [InlineData("business days only if asked", "2 days before start at 10:00", "2026-11-24 15:00", Known, "2026-11-22 10:00")]
    [InlineData("a closed day moves a before to the previous open day", "2 days before start at 10:00 on business days", "2026-11-24 15:00", Known, "2026-11-20 10:00")]
    [InlineData("and an after to the next", "1 day after start at 10:00 on business days", "2026-11-20 15:00", Known, "2026-11-23 10:00")]
    [InlineData("holidays move timed messages, also unasked: before", "1 day before start at 10:00", "2026-11-27 15:00", Known, "2026-11-25 10:00")]
    [InlineData("holidays move timed messages, also unasked: after", "1 day after start at 10:00", "2026-11-25 15:00", Known, "2026-11-27 10:00")]
    [InlineData("a holiday holds no instant message back", "0 minutes after booked", "2026-12-15 15:00", "2026-11-26 12:00", "2026-11-26 12:00")]
    [InlineData("a local time that does not exist moves forward", "1 day before start at 02:30", "2026-03-09 15:00", Known, "2026-03-08 03:30", QuietMode.SendAnyway)]
    [InlineData("quiet from 21:00: the evening", "2 hours before start", "2026-11-24 23:00", Known, "2026-11-24 20:45")]
    [InlineData("until 02:50: the evening before", "2 hours before start", "2026-11-24 04:50", Known, "2026-11-23 20:45")]
    [InlineData("due 21:00 to 02:50: the last minute of it", "1 day before start at 02:50", "2026-11-24 15:00", Known, "2026-11-22 20:45")]
    [InlineData("due 21:00 to 02:50: the first minute after it", "1 day before start at 02:51", "2026-11-24 15:00", Known, "2026-11-23 08:00")]
    [InlineData("else 08:00", "2 hours before start", "2026-11-24 09:30", Known, "2026-11-24 08:00")]
    [InlineData("08:00 is day", "2 hours before start", "2026-11-24 10:00", Known, "2026-11-24 08:00")]
    [InlineData("20:59 is day", "2 hours before start", "2026-11-24 22:59", Known, "2026-11-24 20:59")]
    [InlineData("timed: drop", "2 hours before start", "2026-11-24 23:00", Known, Reasons.QuietHours, QuietMode.Drop)]
    [InlineData("timed: send anyway", "2 hours before start", "2026-11-24 23:00", Known, "2026-11-24 21:00", QuietMode.SendAnyway)]
    [InlineData("instant: hold until 08:00", "0 minutes after booked", "2026-11-24 15:00", "2026-01-05 21:00", "2026-01-06 08:00")]
    [InlineData("instant: drop", "0 minutes after booked", "2026-11-24 15:00", "2026-01-05 21:00", Reasons.QuietHours, QuietMode.Drop)]
    [InlineData("instant: send anyway", "0 minutes after booked", "2026-11-24 15:00", "2026-01-05 21:00", "2026-01-05 21:00", QuietMode.SendAnyway)]
    [InlineData("nothing is told after the start", "0 minutes after booked", "2026-01-06 07:30", "2026-01-05 21:00", Reasons.QuietHours)]
    public void When(string sentence, string send, string start, string booked, string then, QuietMode quiet = QuietMode.Adjust)
    {
        var verdict = Given.Decide(
            Given.Trigger(send, quiet: quiet), Given.Appointment(start, booked), booked, calendar: Given.Calendar(holidays: Given.Holiday("2026-11-26")))!.Value;
        (verdict.Reason ?? Given.Local(verdict.Due)).ShouldBe(then, sentence);
    }

    [Theory]
    [InlineData("values in a filter are OR-ed", "event-type: LAB|XRAY", "", true)]
    [InlineData("filters are AND-ed", "event-type: LAB; location: L9", "", false)]
    [InlineData("any exclusion wins", "event-type: LAB", "location: L1", false)]
    [InlineData("an exclusion of something else does not", "event-type: LAB", "location: L9", true)]
    [InlineData("patient status", "patient-status: Unconfirmed", "", true)]
    [InlineData("patient status, another", "patient-status: Confirmed", "", false)]
    [InlineData("system status", "system-status: Booked|Confirmed", "", true)]
    [InlineData("resource", "provider: D1", "", true)]
    [InlineData("sex", "sex: Female", "", true)]
    [InlineData("sex, excluded", "", "sex: Female", false)]
    [InlineData("age", "age: 40+", "", true)]
    [InlineData("age, another", "age: 0-17", "", false)]
    [InlineData("no response", "no-response: Yes", "", true)]
    [InlineData("no response, excluded", "", "no-response: Yes", false)]
    public void Whom(string sentence, string only, string never, bool lets)
    {
        var patient = Given.Patient();
        (patient.Sex, patient.Born) = (Sex.Female, new LocalDate(1986, 10, 2));
        var visit = Given.Appointment("2026-11-24 15:00", Known);
        (visit.TypeCode, visit.LocationCode, visit.ProviderCode, visit.PatientStatus) = ("LAB", "L1", "D1", PatientStatus.Unconfirmed);
        var trigger = Given.Trigger("2 days before start at 10:00");
        trigger.Filters = new TriggerFilters { Include = Filters(only), Exclude = Filters(never) };

        (Given.Decide(trigger, visit, "2026-11-02 12:00", patient)!.Value.Reason is null).ShouldBe(lets, sentence);
    }

    [Theory]
    [InlineData("after booked", TriggerModule.Appointment, "10 minutes after booked", true)]
    [InlineData("after patient-status change", TriggerModule.Appointment, "10 minutes after patient status change", true)]
    [InlineData("after change (time, date, location)", TriggerModule.Appointment, "10 minutes after change", true)]
    [InlineData("after cancelled in the EMR", TriggerModule.Appointment, "10 minutes after cancelled", true)]
    [InlineData("days before the start", TriggerModule.Appointment, "2 days before start at 10:00", true)]
    [InlineData("hours after the start", TriggerModule.Appointment, "2 hours after start", true)]
    [InlineData("a visit is not due", TriggerModule.Appointment, "2 days before due at 10:00", false)]
    [InlineData("for recalls: after created", TriggerModule.Recall, "1 month after created at 10:00", true)]
    [InlineData("for recalls: before due", TriggerModule.Recall, "2 days before due at 10:00", true)]
    [InlineData("for recalls: after due", TriggerModule.Recall, "2 days after due at 10:00", true)]
    [InlineData("a recall has no start", TriggerModule.Recall, "2 days before start at 10:00", false)]
    [InlineData("a recall is not authorized", TriggerModule.Recall, "1 minute after authorization status change", false)]
    [InlineData("for referrals: after created", TriggerModule.Referral, "7 days after created at 10:00", true)]
    [InlineData("for referrals: after scheduling-status change", TriggerModule.Referral, "1 minute after scheduling status change", true)]
    [InlineData("for referrals: after authorization-status change", TriggerModule.Referral, "1 minute after authorization status change", true)]
    [InlineData("a referral is not due", TriggerModule.Referral, "2 days before due at 10:00", false)]
    public void Which_moments_a_module_has(string sentence, TriggerModule module, string send, bool taken)
    {
        var entry = new TriggerEntry { Name = "Test", Module = module, Send = send, Sms = new() { ["en"] = "Please call us" } };
        new TriggerEntryRules("en").Validate(entry).IsValid.ShouldBe(taken, sentence);
    }

    [Theory]
    [InlineData("the base language has to be there", "sms: es", false)]
    [InlineData("one language is enough", "sms: en", true)]
    [InlineData("more are welcome", "sms: en es ar", true)]
    [InlineData("an e-mail has a subject in each of its languages", "body: en es, subject: en es", true)]
    [InlineData("an e-mail whose subject lacks one is refused", "body: en es, subject: en", false)]
    [InlineData("es does for es-MX", "body: en es-MX, subject: en es", true)]
    [InlineData("the text for several visits has each language of the one for one", "sms: en es, merged: en es", true)]
    [InlineData("one that lacks it is refused", "sms: en es, merged: en", false)]
    public void What_languages_a_rule_needs(string sentence, string texts, bool taken)
    {
        var said = texts.Split(", ").Select(text => text.Split(": ")).ToDictionary(
            pair => pair[0],
            pair => pair[1].Split(' ').ToDictionary(language => language, _ => pair[0] == "merged" ? "Your visits: {eventList}" : "Please call us"));
        var entry = new TriggerEntry
        {
            Name = "Test",
            Send = "1 day before start at 10:00",
            Sms = said.GetValueOrDefault("sms"),
            Email = said.TryGetValue("body", out var body) ? new() { Body = body, Subject = said["subject"] } : null,
            Merged = said.TryGetValue("merged", out var merged) ? new() { Sms = merged } : null,
        };
        new TriggerEntryRules("en").Validate(entry).IsValid.ShouldBe(taken, sentence);
    }

    private static List<TriggerFilter> Filters(string words) =>
    [
        .. words.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(filter => filter.Split(": "))
            .Select(pair => new TriggerFilter(Enum.Parse<FilterOn>(pair[0].Replace("-", "", StringComparison.Ordinal), ignoreCase: true), [.. pair[1].Split('|')])),
    ];
}
