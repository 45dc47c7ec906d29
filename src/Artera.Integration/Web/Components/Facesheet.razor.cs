using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Api;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Artera.Integration.Web.Components;

public sealed partial class Facesheet : Live
{
    private const int MostDecisions = 500;
    private const int MostVisits = 50;

    private PatientDetail? patient;
    private IReadOnlyList<AppointmentRow> visits = [];
    private ILookup<long, Decision> decisions = Array.Empty<Decision>().ToLookup(decision => decision.SubjectId);
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
        decisions = (await Desk.Ask(new DecisionsOf(PatientId, Take: MostDecisions), cancellation))
            .Where(decision => decision.Module == TriggerModule.Appointment).ToLookup(decision => decision.SubjectId);
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

    private IReadOnlyList<Decision> DecisionsOn(AppointmentRow visit) => [.. decisions[visit.Id].OrderBy(decision => decision.Due)];

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
