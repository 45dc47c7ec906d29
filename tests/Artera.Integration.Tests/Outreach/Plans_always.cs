using Artera.Integration.Appointments;
using Artera.Integration.Outreach;
using CsCheck;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

/// <summary>What holds for any rule, visit and moment, in zones with and without summer time.</summary>
public sealed class Plans_always
{
    private static readonly string[] Zones = ["America/New_York", "Europe/Madrid", "America/Phoenix", "Australia/Sydney", "Asia/Kolkata"];

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.Select(Gen.Int[0, 400], OneOf("booked", "change", "patient status change"), (count, anchor) => $"{count} minutes after {anchor}"),
        Gen.Select(Gen.Int[0, 96], OneOf("before start", "after start", "after booked"), (count, side) => $"{count} hours {side}"),
        Gen.Select(Gen.Int[0, 40], OneOf("before start", "after start", "after booked"), Gen.Int[0, 23], Gen.Int[0, 59], Gen.Bool, (count, side, hour, minute, business) =>
            $"{count} days {side} at {hour:00}:{minute:00}{(business ? " on business days" : "")}"));

    private static readonly Gen<Instant> Moments = Gen.Long[Instant.FromUtc(2026, 1, 1, 0, 0).ToUnixTimeSeconds(), Instant.FromUtc(2027, 12, 31, 0, 0).ToUnixTimeSeconds()]
        .Select(Instant.FromUnixTimeSeconds);

    private static readonly Gen<(string Words, string Zone, Instant Booked, Instant Start)> Cases =
        Gen.Select(Words, OneOf(Zones), Moments, Gen.Int[1, 60 * 24 * 60], (words, zone, booked, minutes) =>
            (words, zone, booked, booked + Duration.FromMinutes(minutes)));

    [Fact]
    public void Leave_the_quiet_hours_alone() => Cases.Sample(one =>
    {
        if (Decide(one) is not { IsPlanned: true } verdict)
            return true;
        var local = verdict.Due.InZone(DateTimeZoneProviders.Tzdb[one.Zone]).TimeOfDay;
        return local >= new LocalTime(8, 0) && local < new LocalTime(21, 0);
    }, iter: 5_000);

    [Fact]
    public void Keep_off_holidays_and_closed_days() => Cases.Sample(one =>
    {
        var trigger = Given.Trigger(one.Words);
        if (Decide(one) is not { IsPlanned: true } verdict || trigger.Timing.IsInstant)
            return true;
        var day = verdict.Due.InZone(DateTimeZoneProviders.Tzdb[one.Zone]).Date;
        return day is not { Month: 12, Day: 25 } && (!trigger.Timing.BusinessDays || day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday));
    }, iter: 5_000);

    [Fact]
    public void Are_the_same_when_made_twice() => Cases.Sample(one => Decide(one) == Decide(one), iter: 5_000);

    [Fact]
    public void Lie_ahead_and_on_their_side_of_the_start() => Cases.Sample(one =>
    {
        if (Decide(one) is not { IsPlanned: true } verdict)
            return true;
        var trigger = Given.Trigger(one.Words);
        return verdict.Due >= one.Booked && (trigger.Timing.Anchor == Anchor.Start && !trigger.Timing.Before ? verdict.Due >= one.Start : verdict.Due < one.Start);
    }, iter: 5_000);

    [Fact]
    public void Follow_the_visit_wherever_it_moves() =>
        Gen.Select(Words.List[1, 6], Moments, Gen.Int[1, 60 * 24 * 60].List[1, 6]).Sample((rules, booked, starts) =>
        {
            var triggers = rules.Select((words, index) => Given.Trigger(words, index + 1)).ToList();
            var rows = new List<PlannedMessage>();
            foreach (var minutes in starts)
            {
                var appointment = Booked(booked, booked + Duration.FromMinutes(minutes));
                rows.AddRange(Ledger.Reconcile(new Visit(appointment), Verdicts(triggers, appointment, booked), rows, booked));
                if (!Stands(rows, appointment, triggers, booked))
                    return false;

                var before = rows.Select(Picture).ToList();
                rows.AddRange(Ledger.Reconcile(new Visit(appointment), Verdicts(triggers, appointment, booked), rows, booked));
                if (!before.SequenceEqual(rows.Select(Picture)))
                    return false;
            }

            return true;
        }, iter: 1_000);

    /// <summary>Every row that is still planned is what its rule decides now, and every rule that plans has its row.</summary>
    private static bool Stands(List<PlannedMessage> rows, Appointment appointment, List<Trigger> triggers, Instant now)
    {
        var wanted = Verdicts(triggers, appointment, now)
            .Where(pair => pair.Item2 is { IsPlanned: true })
            .Select(pair => (pair.Item1.Id, pair.Item2!.Value.Anchor, pair.Item2.Value.Due));
        return rows.Where(row => row.State == PlanState.Planned).Select(row => (row.TriggerId, row.Anchor, row.DueAt)).ToHashSet().SetEquals(wanted);
    }

    private static (long, Instant, Instant, PlanState, string?) Picture(PlannedMessage row) => (row.TriggerId, row.Anchor, row.DueAt, row.State, row.Reason);

    private static List<(Trigger, Verdict?)> Verdicts(List<Trigger> triggers, Appointment appointment, Instant now) =>
        [.. triggers.Select(trigger => (trigger, Planner.Decide(trigger, new Visit(appointment), Given.Patient(), Given.Calendar(), QuietHours.Default, _ => true, now)))];

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(index => words[index]);

    private static Verdict? Decide((string Words, string Zone, Instant Booked, Instant Start) one) => Planner.Decide(
        Given.Trigger(one.Words), new Visit(Booked(one.Booked, one.Start)), Given.Patient(),
        Given.Calendar(one.Zone, Given.Holiday("2020-12-25", yearly: true)), QuietHours.Default, _ => true, one.Booked);

    private static Appointment Booked(Instant booked, Instant start)
    {
        var appointment = Given.Appointment("2026-01-01 00:00");
        (appointment.BookedAt, appointment.StartsAt) = (booked, start);
        (appointment.ChangedAt, appointment.PatientStatusAt) = (booked, booked);
        return appointment;
    }
}
