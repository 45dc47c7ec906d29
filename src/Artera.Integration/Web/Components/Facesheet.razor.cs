using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Web.Api;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Artera.Integration.Web.Components;

public sealed partial class Facesheet : Live
{
    private const int MostDecisions = 500;
    private const int MostVisits = 50;
    private const int MostOrders = 20;

    private PatientDetail? patient;
    private IReadOnlyList<AppointmentRow> visits = [];
    private IReadOnlyList<RecallRow> recalls = [];
    private IReadOnlyList<ReferralRow> referrals = [];
    private ILookup<(TriggerModule, long), Decision> decisions = Array.Empty<Decision>().ToLookup(decision => (decision.Module, decision.SubjectId));
    private IReadOnlyList<Decision> all = [];
    private EnterpriseDirectory? directory;

    [Parameter]
    public long PatientId { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        await Desk.Saw([PatientId], "facesheet", cancellation);
        var found = await Desk.Read(db => PatientDetail.Read(db, PatientId, cancellation));
        var known = await Desk.Read(db => db.Set<Appointment>().Where(row => row.PatientId == PatientId)
            .OrderByDescending(row => row.StartsAt).Take(MostVisits).ReadRows(db, cancellation));
        all = await Desk.Ask(new DecisionsOf(PatientId, Take: MostDecisions), cancellation);
        decisions = all.ToLookup(decision => (decision.Module, decision.SubjectId));
        (recalls, referrals) = await Desk.Read(db => Orders(db, cancellation));
        directory = await Enterprise.Get(cancellation);
        visits = InOrder(known, Clock.Now());
        patient = found;
    }

    /// <summary>What comes next first; then what has been, the latest first.</summary>
    private static List<AppointmentRow> InOrder(List<AppointmentRow> known, Instant now) =>
    [
        .. known.Where(visit => !(visit.StartsAt < now)).OrderBy(visit => visit.StartsAt),
        .. known.Where(visit => visit.StartsAt < now).OrderByDescending(visit => visit.StartsAt),
    ];

    /// <summary>Those that still wait first, then the latest.</summary>
    private async Task<(IReadOnlyList<RecallRow>, IReadOnlyList<ReferralRow>)> Orders(IntegrationDb db, CancellationToken cancellation)
    {
        var called = await db.Set<Recall>().Where(row => row.PatientId == PatientId)
            .OrderByDescending(row => row.Id).Take(MostOrders).ReadRows(db, cancellation);
        var sent = await db.Set<Referral>().Where(row => row.PatientId == PatientId)
            .OrderByDescending(row => row.Id).Take(MostOrders).ReadRows(db, cancellation);
        return (
            [.. called.OrderByDescending(row => row.Open).ThenBy(row => row.DueOn)],
            [.. sent.OrderByDescending(row => row.Open)]);
    }

    private IReadOnlyList<Decision> DecisionsOn(AppointmentRow visit) => DecisionsOn(TriggerModule.Appointment, visit.Id);

    private IReadOnlyList<Decision> DecisionsOn(TriggerModule module, long subject) => [.. decisions[(module, subject)].OrderBy(decision => decision.Due)];

    private string? About(Decision decision) => decision.Module switch
    {
        TriggerModule.Appointment => visits.FirstOrDefault(visit => visit.Id == decision.SubjectId) is { StartsAt: { } at } visit ? $"the visit on {Clockface.Visit(at, visit.DayOnly, ZoneOf(visit))}" : null,
        TriggerModule.Recall => "a recall",
        TriggerModule.Referral => "a referral",
        _ => null,
    };

    private DateTimeZone Zone => directory!.ZoneOf(visits.Select(visit => visit.PracticeId).FirstOrDefault(practice => practice is not null) ?? directory!.Practices.FirstOrDefault()?.Id);

    private DateTimeZone ZoneOf(AppointmentRow visit) => directory!.ZoneOf(visit.PracticeId);

    private string WhatOf(AppointmentRow visit) => string.Join(" · ", new[]
    {
        directory!.VisitName(visit), directory!.ProviderName(visit), directory!.LocationName(visit), visit.PracticeId is null ? "no practice owns the location" : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    private string LineName(long lineId) => directory!.LineName(lineId);

    private async Task Answer((long Visit, PatientStatus Status) answer)
    {
        await Desk.Do(new AnswerForPatient(answer.Visit, answer.Status, await Desk.Who()));
        await OnParametersSetAsync();
    }
}
