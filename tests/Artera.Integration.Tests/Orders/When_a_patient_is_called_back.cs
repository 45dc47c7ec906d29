using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Orders;

/// <summary>The rules that every enterprise starts with, for recalls and referrals, over the real socket and the real jobs.</summary>
public sealed class When_a_patient_is_called_back : IAsyncLifetime
{
    private static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];

    private Hospital hospital = null!;

    public async ValueTask InitializeAsync()
    {
        hospital = await Hospital.Open(now: "2026-09-11T15:00:00Z");
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260901090000||ADT^A28|A1|P|2.5.1
            PID|1||100231^^^GH^MR||SAMPLE^MARIA||19840312|F|||||^PRS^CP^^1^217^5550102||SPA
            """);
    }

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task A_recall_is_told_at_once_in_the_patients_language_and_again_while_it_is_open()
    {
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));

        (await Sent(1)).Single().ShouldSatisfyAllConditions(
            text => text.To.ShouldBe("+12175550102"),
            text => text.Body.ShouldStartWith("Test Practice: Hola, Maria."));
        (await Ledger()).ShouldBe(
        [
            "Recall, created | Sent",
            "Recall, after 1 month | Planned | 2026-10-11 10:00",
            "Recall, after 6 months | Planned | 2027-03-11 10:00",
            "Recall, after 12 months | Planned | 2027-09-11 10:00",
        ]);

        hospital.Clock.Advance(new DateTimeOffset(2026, 10, 11, 15, 0, 1, TimeSpan.Zero) - hospital.Clock.GetUtcNow());
        (await Sent(2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_visit_stops_it_and_cancelling_the_visit_starts_it_again()
    {
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        await Sent(1);
        await hospital.Says(Said.Visit("2", "20260911101000", "S12", "V1", "COLO60"));
        (await Ledger()).Skip(1).ShouldAllBe(line => line.EndsWith($"NotSent | {Reasons.VisitBooked}", StringComparison.Ordinal));

        await hospital.Says(Said.Visit("3", "20260911102000", "S15", "V1", "COLO60"));
        (await Ledger()).Skip(1).ShouldAllBe(line => line.Contains("Planned", StringComparison.Ordinal));

        await hospital.Says(Said.Order("4", "20260911103000", "CA"));
        (await Ledger()).Skip(1).ShouldAllBe(line => line.EndsWith($"NotSent | {Reasons.Ended}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_referral_is_told_until_it_is_scheduled()
    {
        await hospital.Says(Said.Referral("1", "20260911100000", "I12"));
        (await Sent(1)).Single().Body.ShouldContain("derivado");
        (await Ledger()).ShouldBe(
            ["Referral, created | Sent", "Referral, after 3 days | Planned | 2026-09-14 10:00", "Referral, after 10 days | Planned | 2026-09-21 10:00"]);

        await hospital.Says(Said.Visit("2", "20260911101000", "S12", "V1", "DERM").Replace("AIL|1||GI", "AIL|1||GI\nAIP|1||4200^SKIN^SVEN", StringComparison.Ordinal));
        (await Ledger()).Skip(1).ShouldAllBe(line => line.EndsWith($"NotSent | {Reasons.VisitBooked}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_referral_that_has_expired_by_then_is_not_told()
    {
        await hospital.Says(Said.Referral("1", "20260911100000", "I12").Replace("20270312", "20260916", StringComparison.Ordinal));
        await Sent(1);

        (await Ledger()).ShouldBe(
            ["Referral, created | Sent", "Referral, after 3 days | Planned | 2026-09-14 10:00", $"Referral, after 10 days | NotSent | {Reasons.Expired}"]);
    }

    [Fact]
    public async Task Who_had_no_number_is_called_when_there_is_one()
    {
        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260911090000||ADT^A08|A2|P|2.5.1
            PID|1||100231^^^GH^MR||||||||||""
            """);
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        (await Ledger()).ShouldAllBe(line => line.EndsWith($"NotSent | {Reasons.NoContact}", StringComparison.Ordinal));

        await hospital.Says("""
            MSH|^~\&|ADT|GH|ARTERA|ARTERA|20260911110000||ADT^A08|A3|P|2.5.1
            PID|1||100231^^^GH^MR||||||||||^PRS^CP^^1^217^5550102
            """);
        await Sent(1);
        (await Ledger())[0].ShouldBe("Recall, created | Sent");
    }

    [Fact]
    public async Task A_rule_that_is_new_counts_for_what_is_open()
    {
        await hospital.Says(Said.Order("1", "20260911100000", "NW"));
        await Sent(1);
        await hospital.Server.Write(new Trigger
        {
            HealthSystemId = (await hospital.All<Enterprise.HealthSystem>()).Single().Id,
            Name = "Recall, before it is due",
            Module = TriggerModule.Recall,
            Timing = TimingWords.Read("14 days before due at 10:00"),
            Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = "Due on {recallDueDate}" } }],
        });
        var recall = (await hospital.All<Recalls.Recall>()).Single();
        (await hospital.Server.Send(new PlanOpen(TriggerModule.Recall, [recall.Id]))).ShouldBe(1);

        (await Ledger()).ShouldContain("Recall, before it is due | Planned | 2027-09-01 10:00");
        hospital.Clock.Advance(new DateTimeOffset(2027, 9, 1, 15, 0, 1, TimeSpan.Zero) - hospital.Clock.GetUtcNow());
        (await hospital.Server.Until(db => db.Set<OutboundMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(), texts => texts.Exists(text => text.Body.StartsWith("Due", StringComparison.Ordinal))))
            .Single(text => text.Body.StartsWith("Due", StringComparison.Ordinal)).Body.ShouldContain("September 15");
    }

    private async Task<string[]> Ledger()
    {
        var rows = await hospital.Read(db => (
            from row in db.Set<PlannedMessage>()
            where row.Module != TriggerModule.Appointment
            join trigger in db.Set<Trigger>() on row.TriggerId equals trigger.Id
            orderby row.TriggerId
            select new { trigger.Name, row.State, row.DueAt, row.Reason }).ToListAsync());
        return [.. rows.Select(row => $"{row.Name} | {row.State}{(row.State == PlanState.Planned ? $" | {row.DueAt.InZone(Chicago).LocalDateTime:yyyy-MM-dd HH:mm}" : row.Reason is null ? "" : $" | {row.Reason}")}")];
    }

    private Task<List<OutboundMessage>> Sent(int count) => hospital.Server.Until(
        db => db.Set<PlannedMessage>().Where(row => row.Module != TriggerModule.Appointment)
            .Join(db.Set<OutboundMessage>(), row => row.OutboundMessageId, message => message.Id, (row, message) => message)
            .OrderBy(message => message.Id).AsNoTracking().ToListAsync(),
        messages => messages.Count >= count);
}
