using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

/// <summary>
/// The rules of recalls and referrals, sentence by sentence, to be read beside the product's description. Both became known on
/// Monday 2026-11-02 at 12:00 in New York; the recall is due on Wednesday 2027-03-03.
/// </summary>
public sealed class What_the_product_promises_of_recalls_and_referrals
{
    private const string Known = "2026-11-02 12:00";

    [Theory]
    [InlineData("recalls: after created", "0 minutes after created", Known, "2026-11-02 12:00")]
    [InlineData("recalls: then 1 month", "1 month after created at 10:00", Known, "2026-12-02 10:00")]
    [InlineData("recalls: then 6 months", "6 months after created at 10:00", Known, "2027-05-02 10:00")]
    [InlineData("recalls: then 12 months", "12 months after created at 10:00", Known, "2027-11-02 10:00")]
    [InlineData("recalls: before due", "3 days before due at 09:30", Known, "2027-02-28 09:30")]
    [InlineData("recalls: before due, on business days", "3 days before due at 09:30 on business days", Known, "2027-02-26 09:30")]
    [InlineData("recalls: after due", "1 day after due at 10:00", Known, "2027-03-04 10:00")]
    [InlineData("instant: held until 08:00", "0 minutes after created", "2026-11-02 22:00", "2026-11-03 08:00")]
    [InlineData("a timed message whose time has passed is not sent", "5 months before due at 10:00", Known, Reasons.Passed)]
    public void A_recall(string sentence, string send, string created, string then) =>
        Said(Decide(send, Order.Of(Recall(created)), created)).ShouldBe(then, sentence);

    [Theory]
    [InlineData("while active", RecallStatus.Active, false, "2026-12-02 10:00")]
    [InlineData("completes when a matching visit is booked", RecallStatus.Active, true, Reasons.VisitBooked)]
    [InlineData("completed by the EMR", RecallStatus.Completed, false, Reasons.Ended)]
    [InlineData("cancelled by the EMR", RecallStatus.Cancelled, false, Reasons.Ended)]
    public void A_recall_is_told_of(string sentence, RecallStatus status, bool booked, string then)
    {
        var recall = Recall(Known);
        (recall.Status, recall.AppointmentId) = (status, booked ? 7 : null);
        Said(Decide("1 month after created at 10:00", Order.Of(recall), Known)).ShouldBe(then, sentence);
    }

    [Theory]
    [InlineData("referrals: after created", "0 minutes after created", "pending", "pending", "2026-11-02 12:00")]
    [InlineData("then a few steps while not scheduled", "7 days after created at 10:00", "pending", "pending", "2026-11-09 10:00")]
    [InlineData("a referral step stops when it is scheduled", "7 days after created at 10:00", "scheduled", "pending", Reasons.VisitBooked)]
    [InlineData("after scheduling-status change", "10 minutes after scheduling status change", "called", "pending", "2026-11-02 14:10")]
    [InlineData("after scheduling-status change, also to scheduled", "10 minutes after scheduling status change", "scheduled", "pending", "2026-11-02 14:10")]
    [InlineData("after authorization-status change", "10 minutes after authorization status change", "pending", "approved", "2026-11-02 15:10")]
    [InlineData("one that is good until a day says nothing after it", "2 months after created at 10:00", "pending", "pending", Reasons.Expired)]
    public void A_referral(string sentence, string send, string scheduling, string authorization, string then) =>
        Said(Decide(send, Order.Of(Referral(scheduling, authorization)), Known)).ShouldBe(then, sentence);

    [Theory]
    [InlineData("priority", FilterOn.Priority, "U|R", null)]
    [InlineData("priority, another", FilterOn.Priority, "E", "priority is not E")]
    [InlineData("scheduling status", FilterOn.SchedulingStatus, "called|pending", null)]
    [InlineData("scheduling status, another", FilterOn.SchedulingStatus, "called", "scheduling status is not called")]
    [InlineData("authorization status", FilterOn.AuthorizationStatus, "Approved", null)]
    [InlineData("authorization status, another", FilterOn.AuthorizationStatus, "denied", "authorization status is not denied")]
    [InlineData("event type", FilterOn.EventType, "DERM", null)]
    [InlineData("event type, another", FilterOn.EventType, "LAB", "event type is not LAB")]
    [InlineData("resource: provider", FilterOn.Provider, "D1", null)]
    [InlineData("resource: location", FilterOn.Location, "L9", "location is not L9")]
    public void A_filter_lets_a_referral_through_or_says_what_stands_in_the_way(string sentence, FilterOn on, string values, string? against)
    {
        var (filter, referral) = (new TriggerFilter(on, [.. values.Split('|')]), Order.Of(Referral("pending", "approved")));
        var included = Decide("0 minutes after created", referral, Known, new() { Include = [filter] })!.Value;
        (included.Reason, included.Detail).ShouldBe((against is null ? null : Reasons.Filtered, against), sentence);

        var excluded = Decide("0 minutes after created", referral, Known, new() { Exclude = [filter] })!.Value;
        excluded.Reason.ShouldBe(against is null ? Reasons.Filtered : null, $"{sentence}, excluded");
    }

    [Theory]
    [InlineData("priority", TriggerModule.Recall, FilterOn.Priority, true)]
    [InlineData("priority", TriggerModule.Referral, FilterOn.Priority, true)]
    [InlineData("priority", TriggerModule.Appointment, FilterOn.Priority, false)]
    [InlineData("scheduling status", TriggerModule.Referral, FilterOn.SchedulingStatus, true)]
    [InlineData("scheduling status", TriggerModule.Recall, FilterOn.SchedulingStatus, false)]
    [InlineData("authorization status", TriggerModule.Referral, FilterOn.AuthorizationStatus, true)]
    [InlineData("authorization status", TriggerModule.Appointment, FilterOn.AuthorizationStatus, false)]
    [InlineData("no response", TriggerModule.Appointment, FilterOn.NoResponse, true)]
    [InlineData("no response", TriggerModule.Recall, FilterOn.NoResponse, false)]
    public void A_filter_on_what_the_thing_has_not_is_refused_when_the_rule_is_saved(string sentence, TriggerModule module, FilterOn on, bool taken)
    {
        var choice = new ChoiceEntry { Only = new() { [on] = [on == FilterOn.NoResponse ? "Yes" : "R"] } };
        (!TriggerEntryRules.Problems(module, choice).Any()).ShouldBe(taken, sentence);
    }

    private static string? Said(Verdict? verdict) => verdict is { } said ? said.Reason ?? Given.Local(said.Due) : null;

    private static Verdict? Decide(string send, Order order, string now, TriggerFilters? filters = null)
    {
        var trigger = Given.Trigger(send);
        trigger.Module = order.Module;
        trigger.Filters = filters ?? new();
        trigger.Texts = [trigger.Texts[0] with { Body = new() { ["en"] = "Please call us" } }];
        return Planner.Decide(trigger, order, Given.Patient(), Given.Calendar(), QuietHours.Default, _ => true, Given.At(now));
    }

    private static Recall Recall(string created) => new()
    {
        Emr = "main",
        ExternalId = "R1",
        Feed = "main",
        PatientId = 1,
        PracticeId = 1,
        DueOn = new LocalDate(2027, 3, 3),
        CreatedAt = Given.At(created),
    };

    private static Referral Referral(string scheduling, string authorization) => new()
    {
        Emr = "main",
        ExternalId = "F1",
        Feed = "main",
        PatientId = 1,
        PracticeId = 1,
        TypeCode = "DERM",
        Priority = "R",
        ProviderCode = "D1",
        LocationCode = "L1",
        SchedulingStatus = scheduling,
        SchedulingAt = Given.At("2026-11-02 14:00"),
        AuthorizationStatus = authorization,
        AuthorizationAt = Given.At("2026-11-02 15:00"),
        ExpiresOn = new LocalDate(2026, 12, 15),
        CreatedAt = Given.At(Known),
    };
}
