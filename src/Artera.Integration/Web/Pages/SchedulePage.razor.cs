using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Pages;

public sealed partial class SchedulePage : Live
{
    private const int Most = 500;

    private IReadOnlyList<Practice> practices = [];
    private IReadOnlyList<ScheduledVisit> visits = [];
    private EnterpriseDirectory? directory;
    private long practice;
    private LocalDate day;
    private LocalDate? following;

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private DateTimeZone Zone => practices.FirstOrDefault(row => row.Id == practice)?.Zone ?? DateTimeZone.Utc;

    protected override async Task Look(CancellationToken cancellation)
    {
        directory = await Enterprise.Get(cancellation);
        practices = [.. directory.Practices.OrderBy(row => row.Name, StringComparer.CurrentCulture)];
        if (practice == 0 && practices.Count > 0)
            (practice, day) = (practices[0].Id, Clock.Now().InZone(practices[0].Zone).Date);

        var (from, to) = (day.AtStartOfDayInZone(Zone).ToInstant(), day.PlusDays(1).AtStartOfDayInZone(Zone).ToInstant());
        var found = await Desk.Read(db => db.Set<Appointment>().AsNoTracking()
            .Where(row => row.PracticeId == practice && row.StartsAt >= from && row.StartsAt < to)
            .OrderBy(row => row.StartsAt).Take(Most).AsVisits(db, cancellation));
        await Desk.Saw(found.Select(visit => (long?)visit.Appointment.PatientId), "schedule", cancellation);
        following = found.Count > 0 ? null : await Desk.Read(db => db.Set<Appointment>()
            .Where(row => row.PracticeId == practice && row.StartsAt >= to).OrderBy(row => row.StartsAt).Select(row => row.StartsAt)
            .FirstOrDefaultAsync(cancellation)) is { } start ? start.InZone(Zone).Date : null;
        visits = found;
    }

    private Task Choose(long chosen)
    {
        practice = chosen;
        return OnParametersSetAsync();
    }

    private Task Turn(int days) => Go(day.PlusDays(days));

    private Task Today() => Go(Clock.Now().InZone(Zone).Date);

    private Task Go(LocalDate date)
    {
        day = date;
        return OnParametersSetAsync();
    }
}
